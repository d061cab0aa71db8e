namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfSpaces =
    [
        new("3.4 taskParameterDefinitions has 1 to 16 elements", "space")
        {
            Good =
            [
                "{taskParameterDefinitions: [{name: A0, type: INT, range: [1]}, {name: A1, type: INT, range: [1]}, {name: A2, type: INT, range: [1]}, {name: A3, type: INT, range: [1]}, {name: A4, type: INT, range: [1]}, {name: A5, type: INT, range: [1]}, {name: A6, type: INT, range: [1]}, {name: A7, type: INT, range: [1]}, {name: A8, type: INT, range: [1]}, {name: A9, type: INT, range: [1]}, {name: A10, type: INT, range: [1]}, {name: A11, type: INT, range: [1]}, {name: A12, type: INT, range: [1]}, {name: A13, type: INT, range: [1]}, {name: A14, type: INT, range: [1]}, {name: A15, type: INT, range: [1]}]}",
            ],
            Bad =
            [
                ("{}", "steps[0].parameterSpace.taskParameterDefinitions", "is missing"),
                ("{taskParameterDefinitions: []}", "steps[0].parameterSpace.taskParameterDefinitions", "at least one"),
                ("{taskParameterDefinitions: [{name: A0, type: INT, range: [1]}, {name: A1, type: INT, range: [1]}, {name: A2, type: INT, range: [1]}, {name: A3, type: INT, range: [1]}, {name: A4, type: INT, range: [1]}, {name: A5, type: INT, range: [1]}, {name: A6, type: INT, range: [1]}, {name: A7, type: INT, range: [1]}, {name: A8, type: INT, range: [1]}, {name: A9, type: INT, range: [1]}, {name: A10, type: INT, range: [1]}, {name: A11, type: INT, range: [1]}, {name: A12, type: INT, range: [1]}, {name: A13, type: INT, range: [1]}, {name: A14, type: INT, range: [1]}, {name: A15, type: INT, range: [1]}, {name: A16, type: INT, range: [1]}]}", "steps[0].parameterSpace.taskParameterDefinitions", "has 17 items; the most is 16"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: [1]}], x: 1}", "steps[0].parameterSpace.x", "is no property of a parameter space"),
            ],
        },
        new("3.4.1 name, type and range are required; no name twice", "task")
        {
            Good =
            [
                "{name: A, type: INT, range: [1]}, {name: B, type: INT, range: [1]}",
            ],
            Bad =
            [
                ("{type: INT, range: '1'}", "steps[0].parameterSpace.taskParameterDefinitions[0].name", "is missing"),
                ("{name: A, range: '1'}", "steps[0].parameterSpace.taskParameterDefinitions[0].type", "is missing"),
                ("{name: A, type: INT}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "is missing"),
                ("{name: 1A, type: INT, range: [1]}", "steps[0].parameterSpace.taskParameterDefinitions[0].name", "not begin with a digit"),
                ("{name: A, type: INT, range: [1]}, {name: A, type: INT, range: [1]}", "steps[0].parameterSpace.taskParameterDefinitions[1].name", "another task parameter \"A\""),
                ("{name: A, type: CHUNK, range: [1]}", "steps[0].parameterSpace.taskParameterDefinitions[0].type", "must be INT, FLOAT, STRING or PATH"),
                ("{name: A, type: INT, range: '1', chunks: {}}", "steps[0].parameterSpace.taskParameterDefinitions[0].chunks", "TASK_CHUNKING"),
            ],
        },
        new("3.4.1.1 a list of INT has 1 to 1024 integers, strings of integers or format strings", "task")
        {
            Good =
            [
                "{name: A, type: INT, range: [1, '-2', '{{Param.N}}', '{{RawParam.N}}']}",
                "{name: A, type: INT, range: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}",
            ],
            Bad =
            [
                ("{name: A, type: INT, range: []}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "at least one"),
                ("{name: A, type: INT, range: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "has 1025 items"),
                ("{name: A, type: INT, range: [1.5]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "whole number"),
                ("{name: A, type: INT, range: [x]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "whole number"),
                ("{name: A, type: INT, range: [true]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "must be a text"),
                ("{name: A, type: INT, range: ['{{Param.X}}']}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "there is no value Param.X"),
                ("{name: A, type: INT, range: ['']}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "must not be empty"),
                ("{name: A, type: INT, range: 5}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "must be a list or a range expression"),
            ],
        },
        new("3.4.1.1.1 a range expression", "task")
        {
            Good =
            [
                "{name: A, type: INT, range: '1'}",
                "{name: A, type: INT, range: '-5'}",
                "{name: A, type: INT, range: '1-5'}",
                "{name: A, type: INT, range: '1 - 5'}",
                "{name: A, type: INT, range: '1 - -1'}",
                "{name: A, type: INT, range: '-1 - 1'}",
                "{name: A, type: INT, range: '1-5:2'}",
                "{name: A, type: INT, range: '10-15:2,1-5'}",
                "{name: A, type: INT, range: ' 1-10:4 ,	11'}",
                "{name: A, type: INT, range: '10-1:-3'}",
                "{name: A, type: INT, range: '5-1'}",
                "{name: A, type: INT, range: '{{Param.N}}'}",
                "{name: A, type: INT, range: '1-{{Param.N}}:{{RawParam.N}}'}",
            ],
            Bad =
            [
                ("{name: A, type: INT, range: ''}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "must not be empty"),
                ("{name: A, type: INT, range: 'x'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "neither a whole number nor a range"),
                ("{name: A, type: INT, range: '1-'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "neither"),
                ("{name: A, type: INT, range: '1,,2'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "neither"),
                ("{name: A, type: INT, range: '1..5'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "neither"),
                ("{name: A, type: INT, range: '1-5:0'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "steps of 0"),
                ("{name: A, type: INT, range: '1-5:x'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "neither"),
                ("{name: A, type: INT, range: '+1'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "neither"),
                ("{name: A, type: INT, range: '1-10:4,10-15'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "overlap"),
                ("{name: A, type: INT, range: '1-5,3'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "overlap"),
                ("{name: A, type: INT, range: '3,3'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "overlap"),
                ("{name: A, type: INT, range: '5,1-10'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "overlap"),
                ("{name: A, type: INT, range: '99999999999999999999'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "too large"),
                ("{name: A, type: INT, range: '{{Param.X}}'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "there is no value Param.X"),
                ("{name: A, type: INT, range: '{{Param.P}}'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "RawParam.P is"),
            ],
        },
        new("3.4.1.2 a list of FLOAT has 1 to 1024 numbers, strings of numbers or format strings", "task")
        {
            Good =
            [
                "{name: A, type: FLOAT, range: [1, 2.5, '3.5', '1e3', '{{Param.N}}']}",
            ],
            Bad =
            [
                ("{name: A, type: FLOAT, range: []}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "at least one"),
                ("{name: A, type: FLOAT, range: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "has 1025"),
                ("{name: A, type: FLOAT, range: [x]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "must be a number"),
                ("{name: A, type: FLOAT, range: '1-5'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "must be a list"),
            ],
        },
        new("3.4.1.3 a list of STRING has 1 to 1024 format strings", "task")
        {
            Good =
            [
                "{name: A, type: STRING, range: [a, '{{Param.N}}b']}",
                "{name: A, type: STRING, range: [\"a\\nb\"]}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, range: []}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "at least one"),
                ("{name: A, type: STRING, range: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "has 1025"),
                ("{name: A, type: STRING, range: [5]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "put it in quotes"),
                ("{name: A, type: STRING, range: 'a'}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "must be a list"),
            ],
        },
        new("3.4.1.4 a list of PATH has 1 to 1024 format strings", "task")
        {
            Good =
            [
                "{name: A, type: PATH, range: [/a, '{{RawParam.P}}/b']}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, range: []}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "at least one"),
                ("{name: A, type: PATH, range: ['{{Param.P}}']}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "RawParam.P is"),
                ("{name: A, type: PATH, range: [5]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "put it in quotes"),
                ("{name: A, type: PATH, range: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]}", "steps[0].parameterSpace.taskParameterDefinitions[0].range", "has 1025"),
            ],
        },
        new("3.4.2 a value has 1 to 1024 characters", "task")
        {
            Good =
            [
                "{name: A, type: STRING, range: ['§1024']}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, range: ['']}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "must not be empty"),
                ("{name: A, type: STRING, range: ['§1025']}", "steps[0].parameterSpace.taskParameterDefinitions[0].range[0]", "has 1025"),
            ],
        },
        new("3.4.3 a combination expression", "space")
        {
            Good =
            [
                "{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A * B * C'}",
                "{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '(A, B) * C'}",
                "{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'C*(A,B)'}",
                "{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '((A), B)*C'}",
                "{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '( A , B )*C'}",
            ],
            Bad =
            [
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: ''}", "steps[0].parameterSpace.combination", "must have 1 to 1280"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A * B'}", "steps[0].parameterSpace.combination", "\"C\" is missing"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A * B * C * A'}", "steps[0].parameterSpace.combination", "\"A\" is there more than once"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '(A, B, A) * C'}", "steps[0].parameterSpace.combination", "more than once"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A * B * D'}", "steps[0].parameterSpace.combination", "\"D\" is no task parameter"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '(A, C) * B'}", "steps[0].parameterSpace.combination", "unequal numbers of values: A has 3, C has 2"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A B C'}", "steps[0].parameterSpace.combination", "unexpected \"B\""),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A * '}", "steps[0].parameterSpace.combination", "ends where"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '(A, B * C'}", "steps[0].parameterSpace.combination", "parenthesis is not closed"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '(A, B)) * C'}", "steps[0].parameterSpace.combination", "unexpected \")\""),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A + B * C'}", "steps[0].parameterSpace.combination", "unexpected \"+\""),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: '() * A'}", "steps[0].parameterSpace.combination", "unexpected \")\""),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: '1-3'}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: [1, 2]}], combination: 'A*B*C                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                '}", "steps[0].parameterSpace.combination", "must have 1 to 1280"),
                ("{taskParameterDefinitions: [{name: A, type: INT, range: [1]}], combination: 5}", "steps[0].parameterSpace.combination", "must be a text"),
            ],
        },
        new("3.4.3 each member of an association counts as a whole", "space")
        {
            Good =
            [
                "{taskParameterDefinitions: [{name: A, type: INT, range: [1, 2]}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: '1-6'}], combination: '(A * B, C)'}",
                "{taskParameterDefinitions: [{name: A, type: INT, range: '1-{{Param.N}}'}, {name: B, type: INT, range: [1]}], combination: '(A, B)'}",
            ],
            Bad =
            [
                ("{taskParameterDefinitions: [{name: A, type: INT, range: [1, 2]}, {name: B, type: INT, range: [1, 2, 3]}, {name: C, type: INT, range: '1-5'}], combination: '(A * B, C)'}", "steps[0].parameterSpace.combination", "A*B has 6, C has 5"),
            ],
        },
    ];
}
