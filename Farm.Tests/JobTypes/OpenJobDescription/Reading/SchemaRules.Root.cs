namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfRoot =
    [
        new("1.1 specificationVersion is the literal", "root")
        {
            Good =
            [
                "{specificationVersion: jobtemplate-2023-09, name: T, steps: [{name: S, script: {actions: {onRun: {command: run}}}}]}",
            ],
            Bad =
            [
                ("{name: T, steps: [{name: S, script: {actions: {onRun: {command: run}}}}]}", "specificationVersion", "is missing"),
                ("{specificationVersion: jobtemplate-2024-01, name: T, steps: [{name: S, script: {actions: {onRun: {command: run}}}}]}", "specificationVersion", "must be jobtemplate-2023-09"),
                ("{specificationVersion: 2023, name: T, steps: [{name: S, script: {actions: {onRun: {command: run}}}}]}", "specificationVersion", "must be a text"),
                ("{specificationVersion: environment-2023-09, environment: {}}", "specificationVersion", "environment template"),
            ],
        },
        new("1.1 $schema is ignored", "template")
        {
            Good =
            [
                "$schema: 'https://example.com/s'",
                "$schema: 5",
            ],
        },
        new("1.1 name is required", "root")
        {
            Bad =
            [
                ("{specificationVersion: jobtemplate-2023-09, steps: [{name: S, script: {actions: {onRun: {command: run}}}}]}", "name", "is missing"),
            ],
        },
        new("1.1.1 a job name is a format string of 1 to 128 characters without control characters", "name")
        {
            Good =
            [
                "a",
                "'§128'",
                "'{{Param.P}} x'",
                "'{{RawParam.F}}'",
                "'ünïcödé 渲染'",
            ],
            Bad =
            [
                ("''", "name", "must not be empty"),
                ("'§129'", "name", "has 129 characters; the most is 128"),
                ("\"a\\tb\"", "name", "no control characters"),
                ("\"a\\u0085b\"", "name", "no control characters"),
                ("5", "name", "put it in quotes"),
                ("'{{Param.Q}}'", "name", "there is no value Param.Q"),
                ("'{{Param.F}}'", "name", "RawParam.F is"),
                ("'{{Session.WorkingDirectory}}'", "name", "there is no value Session.WorkingDirectory"),
            ],
        },
        new("1.1 description is optional", "template")
        {
            Good =
            [
                "description: d",
            ],
            Bad =
            [
                ("description: 5", "description", "must be a text"),
            ],
        },
        new("1.1 parameterDefinitions has 1 to 50 elements", "template")
        {
            Good =
            [
                "parameterDefinitions: [{name: P0, type: INT}, {name: P1, type: INT}, {name: P2, type: INT}, {name: P3, type: INT}, {name: P4, type: INT}, {name: P5, type: INT}, {name: P6, type: INT}, {name: P7, type: INT}, {name: P8, type: INT}, {name: P9, type: INT}, {name: P10, type: INT}, {name: P11, type: INT}, {name: P12, type: INT}, {name: P13, type: INT}, {name: P14, type: INT}, {name: P15, type: INT}, {name: P16, type: INT}, {name: P17, type: INT}, {name: P18, type: INT}, {name: P19, type: INT}, {name: P20, type: INT}, {name: P21, type: INT}, {name: P22, type: INT}, {name: P23, type: INT}, {name: P24, type: INT}, {name: P25, type: INT}, {name: P26, type: INT}, {name: P27, type: INT}, {name: P28, type: INT}, {name: P29, type: INT}, {name: P30, type: INT}, {name: P31, type: INT}, {name: P32, type: INT}, {name: P33, type: INT}, {name: P34, type: INT}, {name: P35, type: INT}, {name: P36, type: INT}, {name: P37, type: INT}, {name: P38, type: INT}, {name: P39, type: INT}, {name: P40, type: INT}, {name: P41, type: INT}, {name: P42, type: INT}, {name: P43, type: INT}, {name: P44, type: INT}, {name: P45, type: INT}, {name: P46, type: INT}, {name: P47, type: INT}, {name: P48, type: INT}, {name: P49, type: INT}]",
            ],
            Bad =
            [
                ("parameterDefinitions: []", "parameterDefinitions", "at least one item"),
                ("parameterDefinitions: [{name: P0, type: INT}, {name: P1, type: INT}, {name: P2, type: INT}, {name: P3, type: INT}, {name: P4, type: INT}, {name: P5, type: INT}, {name: P6, type: INT}, {name: P7, type: INT}, {name: P8, type: INT}, {name: P9, type: INT}, {name: P10, type: INT}, {name: P11, type: INT}, {name: P12, type: INT}, {name: P13, type: INT}, {name: P14, type: INT}, {name: P15, type: INT}, {name: P16, type: INT}, {name: P17, type: INT}, {name: P18, type: INT}, {name: P19, type: INT}, {name: P20, type: INT}, {name: P21, type: INT}, {name: P22, type: INT}, {name: P23, type: INT}, {name: P24, type: INT}, {name: P25, type: INT}, {name: P26, type: INT}, {name: P27, type: INT}, {name: P28, type: INT}, {name: P29, type: INT}, {name: P30, type: INT}, {name: P31, type: INT}, {name: P32, type: INT}, {name: P33, type: INT}, {name: P34, type: INT}, {name: P35, type: INT}, {name: P36, type: INT}, {name: P37, type: INT}, {name: P38, type: INT}, {name: P39, type: INT}, {name: P40, type: INT}, {name: P41, type: INT}, {name: P42, type: INT}, {name: P43, type: INT}, {name: P44, type: INT}, {name: P45, type: INT}, {name: P46, type: INT}, {name: P47, type: INT}, {name: P48, type: INT}, {name: P49, type: INT}, {name: P50, type: INT}]", "parameterDefinitions", "has 51 items; the most is 50"),
                ("parameterDefinitions: {}", "parameterDefinitions", "must be a list"),
                ("parameterDefinitions: [5]", "parameterDefinitions[0]", "must be an object"),
            ],
        },
        new("1.1 no two parameters have the same name", "parameter")
        {
            Good =
            [
                "{name: A, type: INT}, {name: a, type: INT}",
            ],
            Bad =
            [
                ("{name: A, type: INT}, {name: A, type: STRING}", "parameterDefinitions[1].name", "another parameter \"A\""),
            ],
        },
        new("1.1 no two job environments have the same name", "environment")
        {
            Good =
            [
                "{name: A, variables: {X: y}}, {name: B, variables: {X: y}}",
            ],
            Bad =
            [
                ("{name: A, variables: {X: y}}, {name: A, variables: {X: y}}", "jobEnvironments[1].name", "another environment \"A\""),
            ],
        },
        new("1.1 steps is required and has at least one step", "root")
        {
            Bad =
            [
                ("{specificationVersion: jobtemplate-2023-09, name: T}", "steps", "is missing"),
                ("{specificationVersion: jobtemplate-2023-09, name: T, steps: []}", "steps", "at least one item"),
            ],
        },
        new("1.1 a template has no other properties", "template")
        {
            Bad =
            [
                ("extensions: [TASK_CHUNKING]", "extensions", "this farm has none of them"),
                ("steps2: []", "steps2", "is no property of a job template"),
                ("parameterdefinitions: []", "parameterdefinitions", "is no property"),
            ],
        },
        new("1 a template is an object", "root")
        {
            Bad =
            [
                ("[]", "", "must be an object"),
                ("text", "", "must be an object"),
            ],
        },
    ];
}
