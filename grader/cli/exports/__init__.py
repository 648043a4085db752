"""What ``grade export`` can write, one function a format."""
