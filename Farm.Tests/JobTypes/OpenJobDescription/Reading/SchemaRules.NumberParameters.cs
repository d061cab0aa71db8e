namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfNumberParameters =
    [
        new("2.3 numbers of an INT are integers, or strings of integers", "parameter")
        {
            Good =
            [
                "{name: A, type: INT, default: 5, minValue: '-5', maxValue: '10', allowedValues: [5, '6']}",
                "{name: A, type: INT, default: 0x10}",
            ],
            Bad =
            [
                ("{name: A, type: INT, default: 1.5}", "parameterDefinitions[0].default", "must be a whole number"),
                ("{name: A, type: INT, default: 'x'}", "parameterDefinitions[0].default", "must be a whole number"),
                ("{name: A, type: INT, minValue: '1.0'}", "parameterDefinitions[0].minValue", "must be a whole number"),
                ("{name: A, type: INT, maxValue: true}", "parameterDefinitions[0].maxValue", "must be a whole number"),
                ("{name: A, type: INT, allowedValues: [1, x]}", "parameterDefinitions[0].allowedValues[1]", "must be a whole number"),
                ("{name: A, type: INT, default: 99999999999999999999}", "parameterDefinitions[0].default", "64 bits"),
            ],
        },
        new("2.3 default of an INT keeps the other constraints", "parameter")
        {
            Good =
            [
                "{name: A, type: INT, default: 5, minValue: 5, maxValue: 5}",
            ],
            Bad =
            [
                ("{name: A, type: INT, default: 4, minValue: 5}", "parameterDefinitions[0].default", "at least 5"),
                ("{name: A, type: INT, default: 6, maxValue: 5}", "parameterDefinitions[0].default", "at most 5"),
                ("{name: A, type: INT, default: 6, allowedValues: [5]}", "parameterDefinitions[0].default", "must be one of"),
            ],
        },
        new("2.3 minValue is not greater than maxValue", "parameter")
        {
            Bad =
            [
                ("{name: A, type: INT, minValue: 6, maxValue: 5}", "parameterDefinitions[0].minValue", "greater than maxValue"),
                ("{name: A, type: FLOAT, minValue: 0.6, maxValue: 0.5}", "parameterDefinitions[0].minValue", "greater than maxValue"),
            ],
        },
        new("2.3 allowedValues of a number has elements that keep minValue and maxValue", "parameter")
        {
            Good =
            [
                "{name: A, type: INT, allowedValues: [1]}",
            ],
            Bad =
            [
                ("{name: A, type: INT, allowedValues: []}", "parameterDefinitions[0].allowedValues", "at least one"),
                ("{name: A, type: INT, allowedValues: [1, 9], maxValue: 5}", "parameterDefinitions[0].allowedValues[1]", "at most 5"),
                ("{name: A, type: FLOAT, allowedValues: [0.5], minValue: 1}", "parameterDefinitions[0].allowedValues[0]", "at least 1"),
            ],
        },
        new("2.3 control of an INT", "parameter")
        {
            Good =
            [
                "{name: A, type: INT, userInterface: {control: SPIN_BOX}}",
                "{name: A, type: INT, userInterface: {control: HIDDEN}}",
                "{name: A, type: INT, allowedValues: [1], userInterface: {control: DROPDOWN_LIST}}",
            ],
            Bad =
            [
                ("{name: A, type: INT, userInterface: {control: LINE_EDIT}}", "parameterDefinitions[0].userInterface.control", "must be SPIN_BOX, DROPDOWN_LIST or HIDDEN"),
                ("{name: A, type: INT, allowedValues: [1], userInterface: {control: SPIN_BOX}}", "parameterDefinitions[0].userInterface.control", "SPIN_BOX cannot"),
                ("{name: A, type: INT, userInterface: {control: DROPDOWN_LIST}}", "parameterDefinitions[0].userInterface.control", "needs allowedValues"),
            ],
        },
        new("2.3 singleStepDelta of an INT is a positive integer", "parameter")
        {
            Good =
            [
                "{name: A, type: INT, userInterface: {singleStepDelta: 3}}",
            ],
            Bad =
            [
                ("{name: A, type: INT, userInterface: {singleStepDelta: 0}}", "parameterDefinitions[0].userInterface.singleStepDelta", "at least 1"),
                ("{name: A, type: INT, userInterface: {singleStepDelta: 0.5}}", "parameterDefinitions[0].userInterface.singleStepDelta", "whole number"),
                ("{name: A, type: INT, userInterface: {decimals: 1}}", "parameterDefinitions[0].userInterface.decimals", "is no property"),
            ],
        },
        new("2.3 an INT has no other properties", "parameter")
        {
            Bad =
            [
                ("{name: A, type: INT, minLength: 1}", "parameterDefinitions[0].minLength", "is no property of INT parameters"),
            ],
        },
        new("2.4 numbers of a FLOAT are numbers, or strings of numbers", "parameter")
        {
            Good =
            [
                "{name: A, type: FLOAT, default: 5, minValue: -1.5, maxValue: '1e3', allowedValues: [5, '6.25', .5]}",
            ],
            Bad =
            [
                ("{name: A, type: FLOAT, default: x}", "parameterDefinitions[0].default", "must be a number"),
                ("{name: A, type: FLOAT, default: '1,5'}", "parameterDefinitions[0].default", "must be a number"),
                ("{name: A, type: FLOAT, minValue: 1e999}", "parameterDefinitions[0].minValue", "must be a number"),
                ("{name: A, type: FLOAT, maxValue: false}", "parameterDefinitions[0].maxValue", "must be a number"),
                ("{name: A, type: FLOAT, default: .nan}", "parameterDefinitions[0].default", "must be a number"),
            ],
        },
        new("2.4 default of a FLOAT keeps the other constraints", "parameter")
        {
            Good =
            [
                "{name: A, type: FLOAT, default: 1.50, allowedValues: [1.5]}",
            ],
            Bad =
            [
                ("{name: A, type: FLOAT, default: 0.1, minValue: 0.2}", "parameterDefinitions[0].default", "at least 0.2"),
                ("{name: A, type: FLOAT, default: 0.3, maxValue: 0.2}", "parameterDefinitions[0].default", "at most 0.2"),
                ("{name: A, type: FLOAT, default: 0.3, allowedValues: [0.2]}", "parameterDefinitions[0].default", "must be one of"),
            ],
        },
        new("2.4 control of a FLOAT", "parameter")
        {
            Good =
            [
                "{name: A, type: FLOAT, userInterface: {control: SPIN_BOX}}",
                "{name: A, type: FLOAT, userInterface: {control: HIDDEN}}",
                "{name: A, type: FLOAT, allowedValues: [1.5], userInterface: {control: DROPDOWN_LIST}}",
            ],
            Bad =
            [
                ("{name: A, type: FLOAT, userInterface: {control: CHECK_BOX}}", "parameterDefinitions[0].userInterface.control", "must be SPIN_BOX"),
                ("{name: A, type: FLOAT, allowedValues: [1], userInterface: {control: SPIN_BOX}}", "parameterDefinitions[0].userInterface.control", "SPIN_BOX cannot"),
                ("{name: A, type: FLOAT, userInterface: {control: DROPDOWN_LIST}}", "parameterDefinitions[0].userInterface.control", "needs allowedValues"),
            ],
        },
        new("2.4 decimals is an integer that is not negative, singleStepDelta a positive number", "parameter")
        {
            Good =
            [
                "{name: A, type: FLOAT, userInterface: {decimals: 0, singleStepDelta: 0.5}}",
            ],
            Bad =
            [
                ("{name: A, type: FLOAT, userInterface: {decimals: -1}}", "parameterDefinitions[0].userInterface.decimals", "from 0"),
                ("{name: A, type: FLOAT, userInterface: {decimals: 1.5}}", "parameterDefinitions[0].userInterface.decimals", "whole number"),
                ("{name: A, type: FLOAT, userInterface: {singleStepDelta: 0}}", "parameterDefinitions[0].userInterface.singleStepDelta", "greater than 0"),
                ("{name: A, type: FLOAT, userInterface: {singleStepDelta: '1'}}", "parameterDefinitions[0].userInterface.singleStepDelta", "greater than 0"),
            ],
        },
    ];
}
