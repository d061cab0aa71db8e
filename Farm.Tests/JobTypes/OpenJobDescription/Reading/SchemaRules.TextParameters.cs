namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfTextParameters =
    [
        new("2 type is one of four", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING}",
                "{name: A, type: PATH}",
                "{name: A, type: INT}",
                "{name: A, type: FLOAT}",
            ],
            Bad =
            [
                ("{name: A}", "parameterDefinitions[0].type", "is missing"),
                ("{name: A, type: BOOL}", "parameterDefinitions[0].type", "must be STRING, PATH, INT or FLOAT"),
                ("{name: A, type: string}", "parameterDefinitions[0].type", "must be STRING"),
            ],
        },
        new("2.1 name is required and an identifier", "parameter")
        {
            Good =
            [
                "{name: _a1, type: STRING}",
                "{name: '§64', type: STRING}",
            ],
            Bad =
            [
                ("{type: STRING}", "parameterDefinitions[0].name", "is missing"),
                ("{name: 1a, type: STRING}", "parameterDefinitions[0].name", "not begin with a digit"),
                ("{name: a-b, type: STRING}", "parameterDefinitions[0].name", "only Latin letters"),
                ("{name: '§65', type: STRING}", "parameterDefinitions[0].name", "has 65 characters"),
            ],
        },
        new("2.1 default is a string of at most 1024 characters", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, default: ''}",
                "{name: A, type: STRING, default: '§1024'}",
                "{name: A, type: STRING, default: \"a\\nb\"}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, default: '§1025'}", "parameterDefinitions[0].default", "has 1025 characters"),
                ("{name: A, type: STRING, default: 5}", "parameterDefinitions[0].default", "put it in quotes"),
                ("{name: A, type: STRING, default: }", "parameterDefinitions[0].default", "must be a text"),
            ],
        },
        new("2.1 default keeps the other constraints", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, default: x, allowedValues: [x, y], minLength: 1, maxLength: 1}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, default: z, allowedValues: [x, y]}", "parameterDefinitions[0].default", "must be one of \"x\", \"y\""),
                ("{name: A, type: STRING, default: x, minLength: 2}", "parameterDefinitions[0].default", "the fewest are 2"),
                ("{name: A, type: PATH, default: xyz, maxLength: 2}", "parameterDefinitions[0].default", "the most are 2"),
            ],
        },
        new("2.1 allowedValues is a list of strings that keep the lengths", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, allowedValues: [x]}",
                "{name: A, type: PATH, allowedValues: ['', x]}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, allowedValues: []}", "parameterDefinitions[0].allowedValues", "at least one"),
                ("{name: A, type: STRING, allowedValues: [5]}", "parameterDefinitions[0].allowedValues[0]", "put it in quotes"),
                ("{name: A, type: STRING, allowedValues: x}", "parameterDefinitions[0].allowedValues", "must be a list"),
                ("{name: A, type: STRING, allowedValues: [x, '§1025']}", "parameterDefinitions[0].allowedValues[1]", "has 1025"),
                ("{name: A, type: STRING, minLength: 2, allowedValues: [xy, x]}", "parameterDefinitions[0].allowedValues[1]", "the fewest are 2"),
            ],
        },
        new("2.1 minLength and maxLength are integers", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, minLength: 0, maxLength: 5}",
                "{name: A, type: PATH, minLength: 5, maxLength: 5}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, minLength: '5'}", "parameterDefinitions[0].minLength", "must be a whole number"),
                ("{name: A, type: STRING, maxLength: 1.5}", "parameterDefinitions[0].maxLength", "must be a whole number"),
                ("{name: A, type: STRING, maxLength: -1}", "parameterDefinitions[0].maxLength", "at least 0"),
                ("{name: A, type: STRING, minLength: 6, maxLength: 5}", "parameterDefinitions[0].minLength", "greater than maxLength"),
            ],
        },
        new("2.1 control of a STRING", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, userInterface: {control: LINE_EDIT}}",
                "{name: A, type: STRING, userInterface: {control: MULTILINE_EDIT}}",
                "{name: A, type: STRING, userInterface: {control: HIDDEN}}",
                "{name: A, type: STRING, allowedValues: [x], userInterface: {control: HIDDEN}}",
                "{name: A, type: STRING, userInterface: {label: L}}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, userInterface: {control: SPIN_BOX}}", "parameterDefinitions[0].userInterface.control", "must be LINE_EDIT"),
                ("{name: A, type: STRING, userInterface: []}", "parameterDefinitions[0].userInterface", "must be an object"),
            ],
        },
        new("2.1.7.1 LINE_EDIT and MULTILINE_EDIT cannot be used with allowedValues", "parameter")
        {
            Bad =
            [
                ("{name: A, type: STRING, allowedValues: [x], userInterface: {control: LINE_EDIT}}", "parameterDefinitions[0].userInterface.control", "LINE_EDIT cannot be used with allowedValues"),
                ("{name: A, type: STRING, allowedValues: [x], userInterface: {control: MULTILINE_EDIT}}", "parameterDefinitions[0].userInterface.control", "MULTILINE_EDIT cannot"),
            ],
        },
        new("2.1.7.1 DROPDOWN_LIST needs allowedValues", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, allowedValues: [x], userInterface: {control: DROPDOWN_LIST}}",
                "{name: A, type: PATH, allowedValues: [x], userInterface: {control: DROPDOWN_LIST}}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, userInterface: {control: DROPDOWN_LIST}}", "parameterDefinitions[0].userInterface.control", "needs allowedValues"),
                ("{name: A, type: PATH, userInterface: {control: DROPDOWN_LIST}}", "parameterDefinitions[0].userInterface.control", "needs allowedValues"),
            ],
        },
        new("2.1.7.1 CHECK_BOX needs a pair of words, whatever their capitals", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, allowedValues: ['True', 'FALSE'], userInterface: {control: CHECK_BOX}}",
                "{name: A, type: STRING, allowedValues: ['no', 'yes'], userInterface: {control: CHECK_BOX}}",
                "{name: A, type: STRING, allowedValues: ['on', 'off'], userInterface: {control: CHECK_BOX}}",
                "{name: A, type: STRING, allowedValues: ['1', '0'], userInterface: {control: CHECK_BOX}}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, userInterface: {control: CHECK_BOX}}", "parameterDefinitions[0].userInterface.control", "needs two allowedValues"),
                ("{name: A, type: STRING, allowedValues: ['true', 'no'], userInterface: {control: CHECK_BOX}}", "parameterDefinitions[0].userInterface.control", "needs two"),
                ("{name: A, type: STRING, allowedValues: ['true', 'true'], userInterface: {control: CHECK_BOX}}", "parameterDefinitions[0].userInterface.control", "needs two"),
                ("{name: A, type: STRING, allowedValues: ['true', 'false', 'x'], userInterface: {control: CHECK_BOX}}", "parameterDefinitions[0].userInterface.control", "needs two"),
            ],
        },
        new("2.1 a STRING has no other properties", "parameter")
        {
            Bad =
            [
                ("{name: A, type: STRING, minValue: 1}", "parameterDefinitions[0].minValue", "is no property of STRING parameters"),
                ("{name: A, type: STRING, objectType: FILE}", "parameterDefinitions[0].objectType", "is no property"),
                ("{name: A, type: STRING, userInterface: {decimals: 1}}", "parameterDefinitions[0].userInterface.decimals", "is no property"),
                ("{name: A, type: STRING, userInterface: {fileFilters: []}}", "parameterDefinitions[0].userInterface.fileFilters", "is no property"),
            ],
        },
        new("2.2 objectType is FILE or DIRECTORY", "parameter")
        {
            Good =
            [
                "{name: A, type: PATH, objectType: FILE}",
                "{name: A, type: PATH, objectType: DIRECTORY}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, objectType: LINK}", "parameterDefinitions[0].objectType", "must be FILE or DIRECTORY"),
            ],
        },
        new("2.2 dataFlow is one of four", "parameter")
        {
            Good =
            [
                "{name: A, type: PATH, dataFlow: NONE}",
                "{name: A, type: PATH, dataFlow: IN}",
                "{name: A, type: PATH, dataFlow: OUT}",
                "{name: A, type: PATH, dataFlow: INOUT}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, dataFlow: BOTH}", "parameterDefinitions[0].dataFlow", "must be NONE, IN, OUT or INOUT"),
            ],
        },
        new("2.2 control of a PATH", "parameter")
        {
            Good =
            [
                "{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE}}",
                "{name: A, type: PATH, userInterface: {control: CHOOSE_OUTPUT_FILE}}",
                "{name: A, type: PATH, userInterface: {control: CHOOSE_DIRECTORY}}",
                "{name: A, type: PATH, userInterface: {control: HIDDEN}}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, userInterface: {control: LINE_EDIT}}", "parameterDefinitions[0].userInterface.control", "must be CHOOSE_INPUT_FILE"),
                ("{name: A, type: PATH, allowedValues: [x], userInterface: {control: CHOOSE_INPUT_FILE}}", "parameterDefinitions[0].userInterface.control", "CHOOSE_INPUT_FILE cannot be used with allowedValues"),
                ("{name: A, type: PATH, allowedValues: [x], userInterface: {control: CHOOSE_OUTPUT_FILE}}", "parameterDefinitions[0].userInterface.control", "CHOOSE_OUTPUT_FILE cannot be used with allowedValues"),
                ("{name: A, type: PATH, allowedValues: [x], userInterface: {control: CHOOSE_DIRECTORY}}", "parameterDefinitions[0].userInterface.control", "CHOOSE_DIRECTORY cannot be used with allowedValues"),
            ],
        },
        new("2.2 fileFilters has at most 20 filters", "parameter")
        {
            Good =
            [
                "{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}]}}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}, {label: L, patterns: ['*']}]}}", "parameterDefinitions[0].userInterface.fileFilters", "has 21 items; the most is 20"),
            ],
        },
        new("2.2 file filters only belong to file controls", "parameter")
        {
            Good =
            [
                "{name: A, type: PATH, objectType: FILE, userInterface: {fileFilters: [{label: L, patterns: ['*']}]}}",
                "{name: A, type: PATH, userInterface: {control: CHOOSE_OUTPUT_FILE, fileFilterDefault: {label: L, patterns: ['*']}}}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_DIRECTORY, fileFilters: [{label: L, patterns: ['*']}]}}", "parameterDefinitions[0].userInterface.fileFilters", "can only be given with"),
                ("{name: A, type: PATH, userInterface: {control: HIDDEN, fileFilterDefault: {label: L, patterns: ['*']}}}", "parameterDefinitions[0].userInterface.fileFilterDefault", "can only be given with"),
            ],
        },
        new("2.6 a label has 1 to 64 characters without control characters", "parameter")
        {
            Good =
            [
                "{name: A, type: STRING, userInterface: {label: '§64', groupLabel: '§64'}}",
            ],
            Bad =
            [
                ("{name: A, type: STRING, userInterface: {label: ''}}", "parameterDefinitions[0].userInterface.label", "must not be empty"),
                ("{name: A, type: STRING, userInterface: {label: '§65'}}", "parameterDefinitions[0].userInterface.label", "has 65"),
                ("{name: A, type: STRING, userInterface: {groupLabel: \"a\\nb\"}}", "parameterDefinitions[0].userInterface.groupLabel", "no control characters"),
                ("{name: A, type: PATH, userInterface: {groupLabel: '§65'}}", "parameterDefinitions[0].userInterface.groupLabel", "has 65"),
                ("{name: A, type: INT, userInterface: {label: ''}}", "parameterDefinitions[0].userInterface.label", "must not be empty"),
            ],
        },
        new("2.7 a file filter has a label and patterns", "parameter")
        {
            Bad =
            [
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{patterns: ['*']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].label", "is missing"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns", "is missing"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: []}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns", "at least one"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilterDefault: {label: L, patterns: ['*'], x: 1}}}", "parameterDefinitions[0].userInterface.fileFilterDefault.x", "is no property of a file filter"),
            ],
        },
        new("2.8 a pattern is *, *.* or *.extension of at most 20 characters", "parameter")
        {
            Good =
            [
                "{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*', '*.*', '*.exr', '*.tar.gz', '*.§18']}]}}",
            ],
            Bad =
            [
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must not be empty"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['exr']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.a/b']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.a?']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.[ab]']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.a*']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.a|b']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.a=b']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "must be *"),
                ("{name: A, type: PATH, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: L, patterns: ['*.§19']}]}}", "parameterDefinitions[0].userInterface.fileFilters[0].patterns[0]", "has 21 characters"),
            ],
        },
    ];
}
