namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfEnvironments =
    [
        new("4 an environment has a name, and a script or variables", "environment")
        {
            Good =
            [
                "{name: A, variables: {}}",
                "{name: A, description: d, script: {actions: {onEnter: {command: c}}}, variables: {X: y}}",
            ],
            Bad =
            [
                ("{variables: {X: y}}", "jobEnvironments[0].name", "is missing"),
                ("{name: A}", "jobEnvironments[0]", "must have a script, variables or both"),
                ("{name: A, description: '', variables: {X: y}}", "jobEnvironments[0].description", "must not be empty"),
                ("{name: A, variables: {X: y}, x: 1}", "jobEnvironments[0].x", "is no property of an environment"),
            ],
        },
        new("4.1 an environment name has 1 to 64 characters without control characters", "environment")
        {
            Good =
            [
                "{name: '§64', variables: {X: y}}",
            ],
            Bad =
            [
                ("{name: '', variables: {X: y}}", "jobEnvironments[0].name", "must not be empty"),
                ("{name: '§65', variables: {X: y}}", "jobEnvironments[0].name", "has 65"),
                ("{name: \"a\\u0007\", variables: {X: y}}", "jobEnvironments[0].name", "no control characters"),
            ],
        },
        new("4.2 a script has actions, and embedded files if the property is there", "environment")
        {
            Bad =
            [
                ("{name: A, script: {}}", "jobEnvironments[0].script.actions", "is missing"),
                ("{name: A, script: {actions: {onEnter: {command: c}}, embeddedFiles: []}}", "jobEnvironments[0].script.embeddedFiles", "at least one"),
                ("{name: A, script: {actions: {onEnter: {command: c}}, x: 1}}", "jobEnvironments[0].script.x", "is no property of the script of an environment"),
            ],
        },
        new("4.3 onEnter is required, onExit is not", "environment")
        {
            Good =
            [
                "{name: A, script: {actions: {onEnter: {command: c}, onExit: {command: d}}}}",
            ],
            Bad =
            [
                ("{name: A, script: {actions: {}}}", "jobEnvironments[0].script.actions.onEnter", "is missing"),
                ("{name: A, script: {actions: {onExit: {command: c}}}}", "jobEnvironments[0].script.actions.onEnter", "is missing"),
                ("{name: A, script: {actions: {onEnter: {command: c}, onRun: {command: c}}}}", "jobEnvironments[0].script.actions.onRun", "is no property of the actions of an environment"),
                ("{name: A, script: {actions: {onEnter: {command: c}, onExit: {}}}}", "jobEnvironments[0].script.actions.onExit.command", "is missing"),
            ],
        },
        new("4.4.1 the name of a variable has 1 to 256 Latin letters, digits and underscores, and does not begin with a digit", "environment")
        {
            Good =
            [
                "{name: A, variables: {_a1: y, '§256': y}}",
            ],
            Bad =
            [
                ("{name: A, variables: {'1a': y}}", "jobEnvironments[0].variables.1a", "not begin with a digit"),
                ("{name: A, variables: {a-b: y}}", "jobEnvironments[0].variables.a-b", "only Latin letters"),
                ("{name: A, variables: {'': y}}", "jobEnvironments[0].variables.", "must not be empty"),
                ("{name: A, variables: {'§257': y}}", "jobEnvironments[0].variables.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "has 257"),
            ],
        },
        new("4.4.2 the value of a variable has at most 2048 characters", "environment")
        {
            Good =
            [
                "{name: A, variables: {X: '', Y: '§2048'}}",
                "{name: A, variables: {X: \"a\\nb\"}}",
            ],
            Bad =
            [
                ("{name: A, variables: {X: '§2049'}}", "jobEnvironments[0].variables.X", "has 2049"),
                ("{name: A, variables: {X: 5}}", "jobEnvironments[0].variables.X", "put it in quotes"),
                ("{name: A, variables: [X]}", "jobEnvironments[0].variables", "must be an object"),
            ],
        },
        new("4 what format strings of an environment may refer to", "environment")
        {
            Good =
            [
                "{name: A, variables: {X: '{{Param.P}} {{RawParam.P}} {{Session.WorkingDirectory}} {{Session.HasPathMappingRules}} {{Session.PathMappingRulesFile}}'}}",
                "{name: A, script: {actions: {onEnter: {command: '{{Env.File.F}}', args: ['{{ Env.File.F }}']}, onExit: {command: '{{Env.File.F}}'}}, embeddedFiles: [{name: F, type: TEXT, data: '{{Env.File.F}}'}]}, variables: {X: '{{Env.File.F}}'}}",
            ],
            Bad =
            [
                ("{name: A, variables: {X: '{{Task.Param.I}}'}}", "jobEnvironments[0].variables.X", "there is no value Task.Param.I"),
                ("{name: A, script: {actions: {onEnter: {command: '{{Task.File.F}}'}}, embeddedFiles: [{name: F, type: TEXT, data: d}]}}", "jobEnvironments[0].script.actions.onEnter.command", "there is no value Task.File.F"),
                ("{name: A, variables: {X: '{{Env.File.F}}'}}", "jobEnvironments[0].variables.X", "there is no value Env.File.F"),
                ("{name: A, variables: {X: '{{Session.Other}}'}}", "jobEnvironments[0].variables.X", "there is no value Session.Other"),
            ],
        },
    ];
}
