<?php
// OAT's qti-sdk reads items and marks answers: php qti_sdk.php SDK ITEMS TRIES.json; qti_sdk.py calls it.

error_reporting(E_ERROR);
[, $sdk, $items, $tries] = $argv;
if (is_file("$sdk/vendor/autoload.php")) {
    require "$sdk/vendor/autoload.php";
} else {
    spl_autoload_register(function (string $class) use ($sdk): void {
        $file = "$sdk/src/" . str_replace('\\', '/', $class) . '.php';
        if (is_file($file)) {
            require $file;
        }
    });
}

use qtism\common\datatypes\{QtiFloat, QtiIdentifier, QtiString};
use qtism\common\enums\{BaseType, Cardinality};
use qtism\data\storage\xml\XmlDocument;
use qtism\runtime\common\{MultipleContainer, ResponseVariable, State};
use qtism\runtime\tests\AssessmentItemSession;

function response(string $kind, $given): ResponseVariable {
    [$cardinality, $type, $value] = match ($kind) {
        'choice' => [Cardinality::SINGLE, BaseType::IDENTIFIER, new QtiIdentifier("option-$given[0]")],
        'choices' => [Cardinality::MULTIPLE, BaseType::IDENTIFIER, new MultipleContainer(
            BaseType::IDENTIFIER, array_map(fn($each) => new QtiIdentifier("option-$each"), $given))],
        'number' => [Cardinality::SINGLE, BaseType::FLOAT, new QtiFloat((float) $given)],
        'trace' => [Cardinality::SINGLE, BaseType::STRING, new QtiString($given)],
    };
    return new ResponseVariable('RESPONSE', $cardinality, $type, $value);
}

$found = [];
foreach (json_decode(file_get_contents($tries), true) as $name => $list) {
    try {
        $document = new XmlDocument();
        $document->loadFromString(file_get_contents("$items/$name.xml"), false);
        foreach ($list as [$kind, $given]) {
            $session = new AssessmentItemSession($document->getDocumentComponent());
            $session->beginItemSession();
            $session->beginAttempt();
            $session->endAttempt(new State([response($kind, $given)]));
            $found[$name][] = $session['SCORE']->getValue();
        }
    } catch (Throwable $error) {
        $found[$name] = get_class($error) . ': ' . $error->getMessage();
    }
}
echo json_encode($found);
