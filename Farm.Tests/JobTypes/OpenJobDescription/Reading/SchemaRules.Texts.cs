namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfTexts =
    [
        new("7.2 a description has 1 to 2048 characters, of control characters only line ends and tabs", "template")
        {
            Good =
            [
                "description: '§2048'",
                "description: \"a\\n\\r\\tb\"",
            ],
            Bad =
            [
                ("description: ''", "description", "must not be empty"),
                ("description: '§2049'", "description", "has 2049"),
                ("description: \"a\\u0000b\"", "description", "no control characters but"),
            ],
        },
        new("7.2 a parameter has a description too", "parameter")
        {
            Good =
            [
                "{name: A, type: INT, description: d}",
            ],
            Bad =
            [
                ("{name: A, type: INT, description: ''}", "parameterDefinitions[0].description", "must not be empty"),
            ],
        },
        new("7.3 a format string holds dotted names in double braces", "name")
        {
            Good =
            [
                "'{{Param.P}}{{ Param.P }}'",
                "'{ {a} }'",
                "'a }} b'",
            ],
            Bad =
            [
                ("'{{'", "name", "is not closed"),
                ("'a {{ Param.P'", "name", "is not closed"),
                ("'{{}}'", "name", "must hold the name of a value"),
                ("'{{ 1a }}'", "name", "must hold the name"),
                ("'{{ Param . P }}'", "name", "must hold the name"),
                ("'{{Param.P + 1}}'", "name", "must hold the name"),
                ("'{{Param.P.}}'", "name", "must hold the name"),
            ],
        },
    ];
}
