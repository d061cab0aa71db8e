namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfRequirements =
    [
        new("3.3 amounts or attributes must be there", "requirements")
        {
            Good =
            [
                "{amounts: [{name: amount.worker.vcpu, min: 1}]}",
                "{attributes: [{name: \"farm:attr.worker_tag\", anyOf: [gpu]}]}",
            ],
            Bad =
            [
                ("{}", "steps[0].hostRequirements", "must have amounts, attributes or both"),
                ("{amounts: 5}", "steps[0].hostRequirements.amounts", "must be a list"),
                ("{other: []}", "steps[0].hostRequirements.other", "is no property of host requirements"),
            ],
        },
        new("3.3 there are at most 50 requirements", "requirements")
        {
            Good =
            [
                "{amounts: [{name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}]}",
            ],
            Bad =
            [
                ("{amounts: [{name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}, {name: amount.a, min: 0}]}", "steps[0].hostRequirements", "has 51 requirements; the most are 50"),
            ],
        },
        new("3.3.1 an amount has a name, and min or max", "amount")
        {
            Good =
            [
                "{name: amount.worker.vcpu, min: 1, max: 1}",
                "{name: amount.worker.memory, min: 0}",
                "{name: amount.worker.gpu, max: 2.5}",
            ],
            Bad =
            [
                ("{min: 0}", "steps[0].hostRequirements.amounts[0].name", "is missing"),
                ("{name: amount.worker.vcpu}", "steps[0].hostRequirements.amounts[0]", "must have min, max or both"),
                ("{name: amount.worker.vcpu, min: 0, step: 1}", "steps[0].hostRequirements.amounts[0].step", "is no property of an amount"),
            ],
        },
        new("3.3.1 min is a number that is not negative, max a positive one", "amount")
        {
            Good =
            [
                "{name: amount.a, min: 0.0, max: 0.1}",
            ],
            Bad =
            [
                ("{name: amount.a, min: -1}", "steps[0].hostRequirements.amounts[0].min", "not negative"),
                ("{name: amount.a, min: '1'}", "steps[0].hostRequirements.amounts[0].min", "not negative"),
                ("{name: amount.a, max: 0}", "steps[0].hostRequirements.amounts[0].max", "greater than 0"),
                ("{name: amount.worker.vcpu, min: 1, max: 0.5}", "steps[0].hostRequirements.amounts[0].min", "greater than max"),
            ],
        },
        new("3.3.1.1 an amount name looks like [vendor:]amount.name[.name]*, whatever its capitals, and has at most 100 characters", "amount")
        {
            Good =
            [
                "{name: amount.licenses, min: 0}",
                "{name: amount.a.b_c.d1, min: 0}",
                "{name: \"vendor:amount.a\", min: 0}",
                "{name: AMOUNT.Worker.VCPU, min: 1}",
                "{name: amount.§64.§28, min: 0}",
            ],
            Bad =
            [
                ("{name: vcpu, min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like amount.something"),
                ("{name: amount, min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like"),
                ("{name: amount., min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like"),
                ("{name: amount.1a, min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like"),
                ("{name: attr.a, min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like"),
                ("{name: \"1v:amount.a\", min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like"),
                ("{name: '', min: 0}", "steps[0].hostRequirements.amounts[0].name", "must not be empty"),
                ("{name: amount.§64.§29, min: 0}", "steps[0].hostRequirements.amounts[0].name", "has 101 characters"),
                ("{name: amount.§65, min: 0}", "steps[0].hostRequirements.amounts[0].name", "must look like"),
            ],
        },
        new("3.3.1.1 worker, job, step and task are reserved", "amount")
        {
            Good =
            [
                "{name: \"v:amount.worker.other\", min: 0}",
            ],
            Bad =
            [
                ("{name: amount.worker.other, min: 0}", "steps[0].hostRequirements.amounts[0].name", "not among the names that the specification reserves"),
                ("{name: amount.job.other, min: 0}", "steps[0].hostRequirements.amounts[0].name", "not among the names that the specification reserves"),
                ("{name: amount.step.other, min: 0}", "steps[0].hostRequirements.amounts[0].name", "not among the names that the specification reserves"),
                ("{name: amount.task.other, min: 0}", "steps[0].hostRequirements.amounts[0].name", "not among the names that the specification reserves"),
            ],
        },
        new("3.3.1 what this farm cannot answer is refused by name", "amount")
        {
            Bad =
            [
                ("{name: amount.worker.vcpu, min: 2}", "steps[0].hostRequirements.amounts[0].min", "how much of amount.worker.vcpu"),
                ("{name: amount.worker.memory, min: 0.5}", "steps[0].hostRequirements.amounts[0].min", "how much of amount.worker.memory"),
                ("{name: amount.licenses, min: 1}", "steps[0].hostRequirements.amounts[0].min", "how much of amount.licenses"),
            ],
        },
        new("3.3.2 an attribute has a name, and anyOf or allOf", "attribute")
        {
            Good =
            [
                "{name: \"farm:attr.worker_tag\", anyOf: [gpu]}",
                "{name: \"farm:attr.worker_tag\", allOf: [gpu]}",
            ],
            Bad =
            [
                ("{anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "is missing"),
                ("{name: attr.a}", "steps[0].hostRequirements.attributes[0]", "must have anyOf, allOf or both"),
                ("{name: attr.a, noneOf: [a]}", "steps[0].hostRequirements.attributes[0].noneOf", "is no property of an attribute"),
            ],
        },
        new("3.3.2 anyOf and allOf have 1 to 50 elements", "attribute")
        {
            Bad =
            [
                ("{name: attr.a, anyOf: []}", "steps[0].hostRequirements.attributes[0].anyOf", "at least one"),
                ("{name: attr.a, allOf: []}", "steps[0].hostRequirements.attributes[0].allOf", "at least one"),
                ("{name: attr.a, anyOf: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]}", "steps[0].hostRequirements.attributes[0].anyOf", "the most is 50"),
                ("{name: attr.a, allOf: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a]}", "steps[0].hostRequirements.attributes[0].allOf", "the most is 50"),
            ],
        },
        new("3.3.2.1 an attribute name looks like [vendor:]attr.name[.name]*", "attribute")
        {
            Good =
            [
                "{name: \"FARM:ATTR.Worker_Tag\", anyOf: [gpu]}",
            ],
            Bad =
            [
                ("{name: os, anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "must look like attr.something"),
                ("{name: amount.a, anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "must look like"),
                ("{name: attr.§64.§31, anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "has 101"),
                ("{name: attr.worker.other, anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "reserves"),
                ("{name: attr.task.a, anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "reserves"),
            ],
        },
        new("3.3.2.2 a value has 1 to 100 Latin letters, digits, underscores and hyphens, and does not begin with a digit", "attribute")
        {
            Good =
            [
                "{name: 'farm:attr.worker_tag', anyOf: [_a-1]}",
                "{name: 'farm:attr.worker_tag', anyOf: ['§100']}",
            ],
            Bad =
            [
                ("{name: 'farm:attr.worker_tag', anyOf: ['']}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "must not be empty"),
                ("{name: 'farm:attr.worker_tag', anyOf: ['§101']}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "has 101"),
                ("{name: 'farm:attr.worker_tag', anyOf: ['a b']}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "must have only"),
                ("{name: 'farm:attr.worker_tag', anyOf: [1a]}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "must have only"),
                ("{name: 'farm:attr.worker_tag', anyOf: ['-a']}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "must have only"),
                ("{name: 'farm:attr.worker_tag', anyOf: [5]}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "put it in quotes"),
            ],
        },
        new("3.3.2 values of the attributes that the specification defines", "attribute")
        {
            Bad =
            [
                ("{name: attr.worker.os.family, anyOf: [beos]}", "steps[0].hostRequirements.attributes[0].anyOf[0]", "must be linux, windows or macos"),
                ("{name: attr.worker.cpu.arch, allOf: [m68k]}", "steps[0].hostRequirements.attributes[0].allOf[0]", "must be x86_64 or arm64"),
            ],
        },
        new("3.3.2 attributes that this farm cannot answer are refused by name", "attribute")
        {
            Good =
            [
                "{name: \"farm:attr.task_type\", anyOf: [gpu]}, {name: \"farm:attr.worker_tag\", anyOf: [big]}",
            ],
            Bad =
            [
                ("{name: attr.worker.os.family, anyOf: [linux]}", "steps[0].hostRequirements.attributes[0].name", "does not know attr.worker.os.family"),
                ("{name: attr.worker.cpu.arch, anyOf: [arm64]}", "steps[0].hostRequirements.attributes[0].name", "does not know attr.worker.cpu.arch"),
                ("{name: attr.custom, anyOf: [a]}", "steps[0].hostRequirements.attributes[0].name", "does not know attr.custom"),
                ("{name: \"farm:attr.worker_tag\", anyOf: [a, b]}", "steps[0].hostRequirements.attributes[0].name", "only one value"),
                ("{name: \"farm:attr.worker_tag\", anyOf: [a]}, {name: \"farm:attr.worker_tag\", anyOf: [b]}", "steps[0].hostRequirements.attributes[1].name", "only one value"),
            ],
        },
    ];
}
