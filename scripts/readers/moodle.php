<?php
// Runs in an installed Moodle that is there for trying: it makes courses and users, and keeps them.
//
//   php scripts/readers/moodle.php MOODLE quizzes FORMAT FILE   questions in; what Moodle makes of each answer
//   php scripts/readers/moodle.php MOODLE class LEARNERS.json OUT   a course, its submissions and worksheet out
//   php scripts/readers/moodle.php MOODLE grades CM WORKSHEET.csv IGNORE   the worksheet in: what was written
//   php scripts/readers/moodle.php MOODLE worksheet CM OUT.csv   the worksheet as it is now
//   php scripts/readers/moodle.php MOODLE feedback CM FEEDBACK.zip   the zip in: what each learner has
//   php scripts/readers/moodle.php MOODLE statistics MARKS.json   marks in: what its calculator makes of them
//
// Each prints one JSON document on its last line. moodle.py calls it.

define('CLI_SCRIPT', true);
error_reporting(0);
[$script, $moodle, $what] = array_slice($argv, 0, 3);
$words = array_slice($argv, 3);
require($moodle . '/config.php');
error_reporting(E_ERROR | E_PARSE);
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->libdir . '/testing/generator/lib.php');
require_once($CFG->libdir . '/csvlib.class.php');
require_once($CFG->dirroot . '/mod/assign/locallib.php');
\core\session\manager::set_user(get_admin());
$CFG->debug = 0;

function told($found): void {
    echo "\n" . json_encode($found, JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR) . "\n";
}

/** Import a file as a teacher does, then answer each question in all the ways that it has. */
function quizzes(string $format, string $file): void {
    global $CFG, $DB;
    require_once("$CFG->dirroot/question/format.php");
    require_once("$CFG->dirroot/question/format/$format/format.php");
    $course = (new testing_data_generator())->create_course(['shortname' => uniqid('try-')]);
    $context = context_course::instance($course->id);
    $importer = (new ReflectionClass("qformat_$format"))->newInstance();
    $importer->setCategory(question_make_default_categories([$context]));
    $importer->setContexts([$context]);
    $importer->setCourse($course);
    $importer->setFilename($file);
    $importer->setRealfilename(basename($file));
    $importer->setMatchgrades('error');
    $importer->setCatfromfile(true);
    $importer->setContextfromfile(true);
    $importer->setStoponerror(true);
    ob_start();
    $done = $importer->importpreprocess() && $importer->importprocess() && $importer->importpostprocess();
    $said = trim(html_to_text(ob_get_clean()));
    $questions = array_map(fn($id) => question($id), $importer->questionids);
    told(['done' => $done, 'errors' => $importer->importerrors, 'said' => $done ? '' : $said,
        'questions' => $questions]);
}

function question(int $id): array {
    global $DB;
    $question = question_bank::load_question($id, false);
    $kind = $question->get_type_name();
    $answers = array_values($question->answers ?? []);
    $category = $DB->get_field('question_categories', 'name', ['id' => $question->category]);
    $files = get_file_storage()->get_area_files(
        $question->contextid, 'question', 'questiontext', $id, 'id', false);
    return ['idnumber' => $question->idnumber, 'name' => $question->name, 'kind' => $kind,
        'category' => $category, 'text' => $question->questiontext, 'mark' => $question->defaultmark,
        'general' => $question->generalfeedback,
        'tags' => array_values(core_tag_tag::get_item_tags_array('core_question', 'question', $id)),
        'files' => array_map(fn($file) => sha1($file->get_content()), array_values($files)),
        'answers' => array_map(fn($a) => ['answer' => $a->answer, 'feedback' => $a->feedback,
            'fraction' => $a->fraction], $answers),
        'tries' => $kind === 'multichoice' ? picked($question, $answers) : typed($question, $answers)];
}

/** What Moodle gives for each option, or for each set of options; a bit of the key is an option. */
function picked(question_definition $question, array $answers): array {
    $step = new question_attempt_step();
    $question->start_attempt($step, 1);
    $order = explode(',', $step->get_qt_var('_order'));
    $place = array_map(fn($answer) => array_search($answer->id, $order), $answers);
    $found = [];
    for ($set = 1; $set < 1 << count($answers); $set++) {
        $chosen = array_filter(array_keys($answers), fn($each) => $set >> $each & 1);
        if ($question instanceof qtype_multichoice_single_question) {
            if (count($chosen) > 1) {
                continue;
            }
            $response = ['answer' => $place[reset($chosen)]];
        } else {
            $response = array_fill_keys(array_map(fn($each) => "choice{$place[$each]}", $chosen), '1');
        }
        $found[$set] = $question->grade_response($response)[0];
    }
    return $found;
}

/** What Moodle gives for what the file itself names, and for numbers near the edge. */
function typed(question_definition $question, array $answers): array {
    $step = new question_attempt_step();
    $question->start_attempt($step, 1);
    $given = array_map(fn($answer) => (string) $answer->answer, $answers);
    foreach ($answers as $answer) {
        if (isset($answer->tolerance)) {
            foreach ([-1.5, -0.5, 0.5, 1.5] as $share) {
                $given[] = sprintf('%.12g', $answer->answer + $share * ($answer->tolerance ?: 0.001));
            }
        } else {
            $text = str_replace('\\*', '*', $answer->answer);
            array_push($given, $text, " $text ", "x$text", strtolower($text), str_replace(' ', '  ', $text));
        }
    }
    $found = [];
    foreach (array_unique($given) as $each) {
        $found[$each] = $question->grade_response(['answer' => $each])[0];
    }
    return $found;
}

/** A course with an assignment, whose learners have handed something in. */
function course(string $file, string $out): void {
    global $CFG, $DB;
    ['learners' => $learners, 'most' => $most, 'file' => $name, 'settings' => $settings,
        'folders' => $folders] = json_decode(file_get_contents($file), true);
    set_user_preference('assign_downloadasfolders', $folders);
    $made = new testing_data_generator();
    $course = $made->create_course(['shortname' => uniqid('try-')]);
    $module = $made->create_module('assign', $settings + ['course' => $course->id, 'grade' => $most,
        'name' => 'Exercise', 'assignsubmission_file_enabled' => 1, 'assignsubmission_file_maxfiles' => 5,
        'assignsubmission_file_maxsizebytes' => 1000000, 'assignfeedback_file_enabled' => 1,
        'assignfeedback_offline_enabled' => 1, 'assignfeedback_comments_enabled' => 1]);
    $assign = assignment($module->cmid);
    $files = get_file_storage();
    foreach ($learners as $number => $learner) {
        $user = $made->create_user(['username' => "learner$number-$course->id", 'firstname' => $learner['first'], 'lastname' => $learner['last'],
            'email' => "learner$number-$course->id@example.org"]);
        $made->enrol_user($user->id, $course->id, 'student');
        if ($learner['text'] === null) {
            continue;
        }
        $submission = $assign->get_user_submission($user->id, true);
        $submission->status = ASSIGN_SUBMISSION_STATUS_SUBMITTED;
        $DB->update_record('assign_submission', $submission);
        $files->create_file_from_string(['contextid' => $assign->get_context()->id,
            'component' => 'assignsubmission_file', 'filearea' => ASSIGNSUBMISSION_FILE_FILEAREA,
            'itemid' => $submission->id, 'filepath' => '/', 'filename' => $name], $learner['text']);
    }
    if (!empty($settings['teamsubmission'])) {
        teams($made, $course, $assign, $name);
    }
    download($module->cmid, 'submissions.zip', "$out/submissions.zip");
    download($module->cmid, 'worksheet.csv', "$out/worksheet.csv");
    told(['cm' => $module->cmid, 'release' => $CFG->release]);
}

/** Two learners a team; the second one's text is what the team hands in. */
function teams($made, stdClass $course, assign $assign, string $name): void {
    global $DB;
    $users = array_values(get_enrolled_users($assign->get_context(), 'mod/assign:submit', 0, 'u.*', 'u.id'));
    foreach (array_chunk($users, 2) as $number => $members) {
        $group = $made->create_group(['courseid' => $course->id, 'name' => "Team $number"]);
        foreach ($members as $user) {
            $made->create_group_member(['groupid' => $group->id, 'userid' => $user->id]);
            $old = $assign->get_user_submission($user->id, false);
        }
        if (!$old) {
            continue;
        }
        $submission = $assign->get_group_submission($user->id, $group->id, true);
        $submission->status = ASSIGN_SUBMISSION_STATUS_SUBMITTED;
        $DB->update_record('assign_submission', $submission);
        foreach (get_file_storage()->get_area_files($assign->get_context()->id, 'assignsubmission_file',
            ASSIGNSUBMISSION_FILE_FILEAREA, $old->id, 'id', false) as $file) {
            get_file_storage()->create_file_from_storedfile(['itemid' => $submission->id], $file);
        }
    }
}

function assignment(int $cmid): assign {
    [$course, $cm] = get_course_and_cm_from_cmid($cmid, 'assign');
    return new assign(context_module::instance($cmid), $cm, $course);
}

/** A download ends the process that sends it, so each has one of its own. */
function download(int $cmid, string $what, string $out): void {
    global $argv;
    $words = array_map('escapeshellarg', [PHP_BINARY, __FILE__, $argv[1], 'download', $cmid, $what]);
    file_put_contents($out, shell_exec(implode(' ', $words) . ' 2>/dev/null'));
}

function worksheet(int $cmid, string $out): void {
    download($cmid, 'worksheet.csv', $out);
    told(['written' => filesize($out)]);
}

function sent(int $cmid, string $what): void {
    global $CFG, $PAGE;
    $assign = assignment($cmid);
    $PAGE->set_url('/mod/assign/view.php', ['id' => $cmid]);
    $PAGE->set_context($assign->get_context());
    if ($what === 'worksheet.csv') {
        $assign->get_feedback_plugin_by_type('offline')->download_grades();
    } else {
        $downloader = new mod_assign\downloader($assign);
        $downloader->load_filelist();
        $downloader->download_zip();
    }
}

/** The grades of an assignment by the numbers of its participants. */
function standing(assign $assign): array {
    $found = [];
    foreach ($assign->list_participants(0, false) as $user) {
        $grade = $assign->get_user_grade($user->id, false);
        $found[$assign->get_uniqueid_for_user($user->id)] = $grade ? (float) $grade->grade : null;
    }
    return $found;
}

function grades(int $cmid, string $file, bool $ignore): void {
    global $CFG, $USER, $PAGE;
    require_once("$CFG->dirroot/mod/assign/feedback/offline/importgradeslib.php");
    $assign = assignment($cmid);
    $PAGE->set_url('/mod/assign/view.php', ['id' => $cmid]);
    $draft = file_get_unused_draft_itemid();
    get_file_storage()->create_file_from_pathname(['contextid' => context_user::instance($USER->id)->id,
        'component' => 'user', 'filearea' => 'draft', 'itemid' => $draft, 'filepath' => '/',
        'filename' => 'worksheet.csv'], $file);
    $_POST['sesskey'] = sesskey();
    ob_start();
    $said = $assign->get_feedback_plugin_by_type('offline')->process_import_grades(
        $draft, csv_import_reader::get_new_iid('assignfeedback_offline'), $ignore);
    ob_end_clean();
    preg_match('/<div[^>]*class="box[^"]*"[^>]*>(.*?)<\/div>/s', $said, $match);
    told(['said' => trim(strip_tags($match[1] ?? $said)), 'grades' => standing(assignment($cmid))]);
}

function feedback(int $cmid, string $file): void {
    global $CFG, $USER, $PAGE;
    require_once("$CFG->dirroot/mod/assign/feedback/file/importziplib.php");
    $assign = assignment($cmid);
    $PAGE->set_url('/mod/assign/view.php', ['id' => $cmid]);
    $context = $assign->get_context()->id;
    $zip = get_file_storage()->create_file_from_pathname(['contextid' => context_user::instance($USER->id)->id,
        'component' => 'user', 'filearea' => 'draft', 'itemid' => file_get_unused_draft_itemid(),
        'filepath' => '/', 'filename' => 'feedback.zip'], $file);
    $importer = new assignfeedback_file_zip_importer();
    $importer->extract_files_from_zip($zip, $context);
    ob_start();
    $said = $importer->import_zip_files($assign, $assign->get_feedback_plugin_by_type('file'));
    ob_end_clean();
    $importer->delete_import_files($context);
    $found = [];
    foreach ($assign->list_participants(0, false) as $user) {
        $grade = $assign->get_user_grade($user->id, false);
        $files = $grade ? get_file_storage()->get_area_files(
            $context, 'assignfeedback_file', ASSIGNFEEDBACK_FILE_FILEAREA, $grade->id, 'id', false) : [];
        foreach ($files as $each) {
            $found[$assign->get_uniqueid_for_user($user->id)][$each->get_filename()] = sha1($each->get_content());
        }
    }
    preg_match_all('/Feedback files \w+\D*\d+/', html_to_text($said, 0), $match);
    told(['said' => implode(', ', $match[0]), 'files' => $found]);
}

/** A quiz's statistics from marks that no attempt has given. */
function statistics(string $file): void {
    ['marks' => $marks, 'most' => $most] = json_decode(file_get_contents($file), true);
    class uncached_statistics extends \core_question\statistics\questions\all_calculated_for_qubaid_condition {
        public function cache($qubaids) {
        }
    }
    $questions = [];
    foreach ($most as $slot => $mark) {
        $questions[$slot + 1] = (object) ['id' => $slot + 1, 'slot' => $slot + 1, 'number' => $slot + 1,
            'maxmark' => $mark, 'qtype' => 'multichoice', 'name' => "question $slot"];
    }
    $calculator = new class($questions, $marks) extends \core_question\statistics\questions\calculator {
        protected $statscollectionclassname = 'uncached_statistics';
        private $marks;
        public function __construct($questions, $marks) {
            $this->marks = $marks;
            parent::__construct($questions);
        }
        protected function get_random_guess_score($questiondata) {
            return null;
        }
        protected function get_latest_steps($qubaids) {
            $steps = [];
            foreach ($this->marks as $usage => $row) {
                foreach ($row as $slot => $mark) {
                    $steps[] = (object) ['questionusageid' => $usage, 'questionid' => $slot + 1,
                        'slot' => $slot + 1, 'variant' => 1, 'mark' => $mark];
                }
            }
            return [$steps, array_map('array_sum', $this->marks)];
        }
    };
    $stats = $calculator->calculate(new qubaid_list([]));
    told(['items' => array_map(fn($slot) => [100 * $stats->for_slot($slot)->facility,
        $stats->for_slot($slot)->discriminationindex,
        $stats->for_slot($slot)->discriminativeefficiency], array_keys($questions))]);
}

match ($what) {
    'quizzes' => quizzes(...$words),
    'class' => course(...$words),
    'download' => sent(...$words),
    'worksheet' => worksheet((int) $words[0], $words[1]),
    'grades' => grades((int) $words[0], $words[1], (bool) $words[2]),
    'feedback' => feedback(...$words),
    'statistics' => statistics(...$words),
};
