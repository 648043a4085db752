#!/usr/bin/env python
# coding: utf-8
"""A notebook, exported as an executable script."""

# In[1]:


get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().system('pip install -q numpy')


# In[2]:


import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score


def softmax(scores):
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


# In[3]:


figure, axes = plt.subplots(1, 2)
axes[0].bar(range(3), softmax(np.zeros((1, 3)))[0])
plt.show()
display(pd.DataFrame)


def predicted_labels(probabilities):
    return probabilities.argmax(axis=1)


def accuracy(probabilities, labels):
    return float((predicted_labels(probabilities) == labels).mean())


def most_doubtful(probabilities, k):
    return np.argsort(probabilities.max(axis=1), kind="stable")[:k]
