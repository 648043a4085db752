# Canvas's own code outside of Canvas: what it reads in files of ours. canvas.py calls it.
#
#   ruby scripts/readers/canvas.rb CANVAS quizzes imsmanifest.xml   questions and assessments, as JSON
#   ruby scripts/readers/canvas.rb CANVAS gradebook FILLED.csv WHO.json   grades by person, as JSON
#   ruby scripts/readers/canvas.rb CANVAS feedback NAMES.json   whose file each name is, as JSON
#
# CANVAS is a folder with Canvas's source. Rails is not started: the few things of it that this code
# asks for are stood in for here.

require 'active_support/all'
require 'bigdecimal'
require 'cgi'
require 'csv'
require 'json'
require 'logger'
require 'uri'

CANVAS, WHAT, *WORDS = ARGV

# what Ruby had when this code was written
def BigDecimal.new(*words) = BigDecimal(*words)
module URI
  def self.unescape(text) = CGI.unescape(text.gsub('+', '%2B'))
end
class << CSV
  alias_method :each_row_of, :foreach
  def foreach(path, *words, **options, &block)
    each_row_of(path, **options, **words.first.to_h, &block)
  end
end

module Rails
  def self.root = Pathname.new('/nowhere')
  def self.logger = Logger.new(nil)
end

module Canvas
  module Plugins; module Validators; end; end
  module Migration
    class Migrator; end
    def self.logger = Logger.new($stderr)
  end
end
module CC
  module CCHelper; OBJECT_TOKEN = '$CANVAS_OBJECT_REFERENCE$'; end
  module Importer; module Canvas; module QuizMetadataConverter; end; end; end
end

class AssessmentQuestion
  ALL_QUESTION_TYPES = %w[multiple_answers multiple_choice numerical short_answer essay text_only
    true_false matching calculated fill_in_multiple_blanks file_upload multiple_dropdowns].map { |each| "#{each}_question" }
end

def quizzes(manifest)
  require 'nokogiri'
  require 'sanitize'
  plugin = "#{CANVAS}/gems/plugins/qti_exporter/lib"
  $:.unshift plugin, "#{CANVAS}/gems/canvas_sanitize/lib"
  load "#{CANVAS}/lib/canvas/migration/xml_helper.rb"
  load "#{CANVAS}/lib/package_root.rb"
  require 'canvas_sanitize/canvas_sanitize'
  require 'qti'
  Qti.const_set(:Converter, Class.new)
  { IMS_MD: 'http://www.imsglobal.org/xsd/imsmd_v1p2', IMSCP: 'none',
    QTI_2_1_URL: 'http://www.imsglobal.org/xsd/imsqti_v2p1' }.each { |name, value| Qti::Converter.const_set(name, value) }
  %w[flavors html_helper assessment_item_converter question_type_educated_guesser assessment_test_converter
     associate_interaction calculated_interaction choice_interaction extended_text_interaction
     fill_in_the_blank numeric_interaction order_interaction respondus_settings].each { |each| load "#{plugin}/qti/#{each}.rb" }
  options = { flavor: Qti::Flavors::CANVAS }
  { questions: Qti.convert_questions(manifest, options), assessments: Qti.convert_assessments(manifest, options) }
end

class Known
  attr_accessor :id, :title, :points_possible, :previous_id, :name, :sortable_name
  def initialize(known = {})
    @id, @title, @name = known.values_at(:id, :title, :name)
    @fresh, @sortable_name = @id.nil?, @name
  end
  def new_record? = @fresh
end
class Assignment < Known
  def self.title_and_id(text) = text =~ /\A(.*)\s\((\d+)\)\z/ ? [$1, $2] : [text, nil]
end
class User < Known; end
class GradingPeriod
  def self.for(_course) = []
end
class Account
  def self.site_admin = new
  def feature_enabled?(_name) = true
  def allow_gradebook_show_first_last_names? = true
end
class Course
  def root_account = nil
  def account = Account.new
  def custom_gradebook_columns = self
  def active = []
end

def gradebook(path, who)
  load "#{CANVAS}/lib/gradebook_importer.rb"
  GradebookImporter.class_eval do
    define_method(:initialize) do |people, assignments|
      @all_students, @all_assignments, @students, @pp_row = people, assignments, [], []
      @root_accounts, @pseudonyms_by_sis_id, @pseudonyms_by_login_id = {}, {}, {}
      @custom_column_titles_and_indexes, @custom_gradebook_columns = [], []
      @gradebook_importer_assignments, @gradebook_importer_custom_columns = {}, {}
      @context = context
      # the edition of 2026 asks for these, too
      @parsed_custom_column_data = {}
      @assigned_assignments = people.keys.to_h { |id| [id, assignments.keys.to_set] }
      JSON.parse(File.read(who))['unassigned'].each { |id| @assigned_assignments[id] = Set.new }
    end
    define_method(:context) { Course.new }
    define_method(:allow_override_scores?) { false }
    define_method(:attachment) { Struct.new(:path) { def open(**) = File.open(path) }.new(path) }
    define_method(:read) do
      csv_stream do |row|
        next if check_for_non_student_row(row)
        @students << process_student(row)
        process_submissions(row, @students.last)
      end
      { semicolons: semicolon_delimited?(File.open(path)),
        assignments: @assignments.map { |each| [each.title, each.id, each.points_possible, each.new_record?] },
        missing: !!@missing_student || !!@missing_assignment,
        grades: @students.to_h { |each| [each.id, @gradebook_importer_assignments[each.id].map { |a| a['grade'] }] } }
    end
  end
  known = JSON.parse(File.read(who))
  people = known['people'].to_h { |id| [id, User.new(id: id, name: "person #{id}")] }
  assignments = known['assignments'].to_h { |id, title| [id.to_i, Assignment.new(id: id.to_i, title: title)] }
  GradebookImporter.new(people, assignments).read
end

Found = Struct.new(:first) do
  def where(*) = self
  def exists? = true
end
Handed = Struct.new(:attachments)
class Submission
  def self.active = self
  def self.where(given) = Found.new(Handed.new(Found.new))
end
class Attachment
  def self.where(given) = Found.new(new(given[:id]))
  def initialize(id) = @id = id
  def grants_right?(*) = true
  def display_name = @id.to_s
end
class User
  def self.where(given) = Found.new(given[:id])
end

class FeedbackImporter
  attr_reader :ignored_files
end

def feedback(names)
  # the one method of a class with a hundred
  source = File.read("#{CANVAS}/app/models/assignment.rb")[/^  def infer_comment_context_from_filename.*?^  end$/m]
  FeedbackImporter.class_eval(source)
  importer = FeedbackImporter.new
  importer.instance_variable_set(:@ignored_files, [])
  JSON.parse(File.read(names)).to_h do |name|
    found = importer.infer_comment_context_from_filename(name)
    [name, found && [found[:user].to_i, found[:display_name].to_i]]
  end
end

puts JSON.generate(send(WHAT, *WORDS))
