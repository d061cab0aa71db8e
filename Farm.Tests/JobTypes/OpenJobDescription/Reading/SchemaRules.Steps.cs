namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfSteps =
    [
        new("3 name and script are required", "steps")
        {
            Bad =
            [
                ("[{script: {actions: {onRun: {command: run}}}}]", "steps[0].name", "is missing"),
                ("[{name: S}]", "steps[0].script", "is missing"),
                ("[5]", "steps[0]", "must be an object"),
            ],
        },
        new("3 no two steps have the same name", "steps")
        {
            Good =
            [
                "[{name: S, script: {actions: {onRun: {command: run}}}}, {name: s, script: {actions: {onRun: {command: run}}}}]",
            ],
            Bad =
            [
                ("[{name: S, script: {actions: {onRun: {command: run}}}}, {name: S, script: {actions: {onRun: {command: run}}}}]", "steps[1].name", "another step \"S\""),
            ],
        },
        new("3.1 a step name has 1 to 64 characters without control characters", "steps")
        {
            Good =
            [
                "[{name: '§64', script: {actions: {onRun: {command: run}}}}]",
                "[{name: 'a step, ünnamed', script: {actions: {onRun: {command: run}}}}]",
            ],
            Bad =
            [
                ("[{name: '', script: {actions: {onRun: {command: run}}}}]", "steps[0].name", "must not be empty"),
                ("[{name: '§65', script: {actions: {onRun: {command: run}}}}]", "steps[0].name", "has 65"),
                ("[{name: \"a\\nb\", script: {actions: {onRun: {command: run}}}}]", "steps[0].name", "no control characters"),
                ("[{name: 5, script: {actions: {onRun: {command: run}}}}]", "steps[0].name", "put it in quotes"),
            ],
        },
        new("3 description is optional", "step")
        {
            Good =
            [
                "description: d",
            ],
            Bad =
            [
                ("description: ''", "steps[0].description", "must not be empty"),
            ],
        },
        new("3 dependencies has at least one element", "step")
        {
            Bad =
            [
                ("dependencies: []", "steps[0].dependencies", "at least one item"),
                ("dependencies: [{}]", "steps[0].dependencies[0].dependsOn", "is missing"),
                ("dependencies: [S]", "steps[0].dependencies[0]", "must be an object"),
            ],
        },
        new("3.2 dependsOn names another step", "steps")
        {
            Good =
            [
                "[{name: A, script: {actions: {onRun: {command: run}}}}, {name: B, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}]",
                "[{name: B, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}, {name: A, script: {actions: {onRun: {command: run}}}}]",
            ],
            Bad =
            [
                ("[{name: A, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: B}]}]", "steps[0].dependencies[0].dependsOn", "there is no step \"B\""),
                ("[{name: A, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}]", "steps[0].dependencies[0].dependsOn", "cannot depend on itself"),
                ("[{name: A, script: {actions: {onRun: {command: run}}}}, {name: B, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A, when: FAILED}]}]", "steps[1].dependencies[0].when", "is no property of a dependency"),
            ],
        },
        new("3.2 steps do not wait for one another", "steps")
        {
            Good =
            [
                "[{name: A, script: {actions: {onRun: {command: run}}}}, {name: B, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}, {name: C, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}, {dependsOn: B}]}]",
            ],
            Bad =
            [
                ("[{name: A, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: B}]}, {name: B, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}]", "steps[0].dependencies", "\"A\", \"B\" wait for one another"),
                ("[{name: X, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}, {name: A, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: C}]}, {name: B, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: A}]}, {name: C, script: {actions: {onRun: {command: run}}}, dependencies: [{dependsOn: B}, {dependsOn: Y}]}, {name: Y, script: {actions: {onRun: {command: run}}}}]", "steps[1].dependencies", "the steps \"A\", \"B\", \"C\" wait"),
            ],
        },
        new("3 no two environments of a step have the same name", "step")
        {
            Good =
            [
                "stepEnvironments: [{name: A, variables: {X: y}}, {name: B, variables: {X: y}}]",
            ],
            Bad =
            [
                ("stepEnvironments: [{name: A, variables: {X: y}}, {name: A, variables: {X: y}}]", "steps[0].stepEnvironments[1].name", "another environment \"A\""),
            ],
        },
        new("3 an environment of a step is not named as one of the job", "root")
        {
            Bad =
            [
                ("{specificationVersion: jobtemplate-2023-09, name: T, jobEnvironments: [{name: A, variables: {X: y}}], steps: [{name: S, script: {actions: {onRun: {command: run}}}, stepEnvironments: [{name: A, variables: {X: y}}]}]}", "steps[0].stepEnvironments[0].name", "there is a job environment \"A\" already"),
            ],
        },
        new("3 environments of two steps may have the same name", "steps")
        {
            Good =
            [
                "[{name: A, script: {actions: {onRun: {command: run}}}, stepEnvironments: [{name: E, variables: {X: y}}]}, {name: B, script: {actions: {onRun: {command: run}}}, stepEnvironments: [{name: E, variables: {X: y}}]}]",
            ],
        },
        new("3 a step has no other properties", "step")
        {
            Bad =
            [
                ("priority: 5", "steps[0].priority", "is no property of a step"),
                ("bash: {script: x}", "steps[0].bash", "belongs to an extension"),
            ],
        },
    ];
}
