namespace Farm.Tests.JobTypes.OpenJobDescription.Reading;

public static partial class SchemaRules
{
    private static readonly Rule[] OfActions =
    [
        new("3.5 a script has actions with onRun", "script")
        {
            Good =
            [
                "{actions: {onRun: {command: c}}}",
            ],
            Bad =
            [
                ("{}", "steps[0].script.actions", "is missing"),
                ("{actions: {}}", "steps[0].script.actions.onRun", "is missing"),
                ("{actions: {onRun: {command: c}, onEnter: {command: c}}}", "steps[0].script.actions.onEnter", "is no property of the actions of a step"),
                ("{actions: {onRun: {command: c}}, embeddedFiles: []}", "steps[0].script.embeddedFiles", "at least one"),
                ("{actions: {onRun: {command: c}}, let: []}", "steps[0].script.let", "is no property of the script of a step"),
            ],
        },
        new("3.5 what format strings of a step script may refer to", "action")
        {
            Good =
            [
                "{command: '{{Task.File.E}}', args: ['{{Param.P}} {{RawParam.P}} {{Task.Param.I}} {{Task.RawParam.I}}', '{{Session.WorkingDirectory}}{{Session.HasPathMappingRules}}{{Session.PathMappingRulesFile}}']}",
            ],
            Bad =
            [
                ("{command: '{{Env.File.E}}'}", "steps[0].script.actions.onRun.command", "there is no value Env.File.E"),
                ("{command: c, args: ['{{Task.Param.J}}']}", "steps[0].script.actions.onRun.args[0]", "there is no value Task.Param.J in the script of this step; there are Task.Param.I"),
                ("{command: c, args: ['{{Task.File.F}}']}", "steps[0].script.actions.onRun.args[0]", "there are Task.File.E"),
                ("{command: c, args: ['{{Job.Name}}']}", "steps[0].script.actions.onRun.args[0]", "there is no value Job.Name"),
                ("{command: '{{param.P}}'}", "steps[0].script.actions.onRun.command", "there is no value param.P"),
            ],
        },
        new("5.1 command is required, a format string of at least one character without control characters", "action")
        {
            Good =
            [
                "{command: '§5000'}",
            ],
            Bad =
            [
                ("{}", "steps[0].script.actions.onRun.command", "is missing"),
                ("{command: ''}", "steps[0].script.actions.onRun.command", "must not be empty"),
                ("{command: \"a\\nb\"}", "steps[0].script.actions.onRun.command", "no control characters"),
                ("{command: 5}", "steps[0].script.actions.onRun.command", "put it in quotes"),
                ("{command: [c]}", "steps[0].script.actions.onRun.command", "must be a text"),
            ],
        },
        new("5.2 an argument is a format string without control characters, and may be empty", "action")
        {
            Good =
            [
                "{command: c, args: []}",
                "{command: c, args: ['', '§5000']}",
            ],
            Bad =
            [
                ("{command: c, args: [\"a\\tb\"]}", "steps[0].script.actions.onRun.args[0]", "no control characters"),
                ("{command: c, args: [a, 24]}", "steps[0].script.actions.onRun.args[1]", "put it in quotes"),
                ("{command: c, args: a}", "steps[0].script.actions.onRun.args", "must be a list"),
            ],
        },
        new("5 timeout is a positive integer", "action")
        {
            Good =
            [
                "{command: c, timeout: 1}",
            ],
            Bad =
            [
                ("{command: c, timeout: 0}", "steps[0].script.actions.onRun.timeout", "from 1"),
                ("{command: c, timeout: -1}", "steps[0].script.actions.onRun.timeout", "from 1"),
                ("{command: c, timeout: '5'}", "steps[0].script.actions.onRun.timeout", "must be a whole number"),
                ("{command: c, timeout: 1.5}", "steps[0].script.actions.onRun.timeout", "must be a whole number"),
            ],
        },
        new("5 an action has no other properties", "action")
        {
            Bad =
            [
                ("{command: c, cancellation: {mode: TERMINATE}}", "steps[0].script.actions.onRun.cancellation", "is no property of an action; there are command, args, timeout, cancelation"),
            ],
        },
        new("5.3 cancelation has a mode", "action")
        {
            Good =
            [
                "{command: c, cancelation: {mode: TERMINATE}}",
            ],
            Bad =
            [
                ("{command: c, cancelation: {}}", "steps[0].script.actions.onRun.cancelation.mode", "is missing"),
                ("{command: c, cancelation: {mode: KILL}}", "steps[0].script.actions.onRun.cancelation.mode", "must be TERMINATE or NOTIFY_THEN_TERMINATE"),
                ("{command: c, cancelation: TERMINATE}", "steps[0].script.actions.onRun.cancelation", "must be an object"),
            ],
        },
        new("5.3.1 TERMINATE has no other properties", "action")
        {
            Bad =
            [
                ("{command: c, cancelation: {mode: TERMINATE, notifyPeriodInSeconds: 5}}", "steps[0].script.actions.onRun.cancelation.notifyPeriodInSeconds", "is no property of a cancelation by TERMINATE"),
            ],
        },
        new("5.3.2 notifyPeriodInSeconds is an integer from 1 to 600", "action")
        {
            Good =
            [
                "{command: c, cancelation: {mode: NOTIFY_THEN_TERMINATE}}",
                "{command: c, cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 600}}",
            ],
            Bad =
            [
                ("{command: c, cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 0}}", "steps[0].script.actions.onRun.cancelation.notifyPeriodInSeconds", "from 1 to 600"),
                ("{command: c, cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 601}}", "steps[0].script.actions.onRun.cancelation.notifyPeriodInSeconds", "from 1 to 600"),
                ("{command: c, cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 1.5}}", "steps[0].script.actions.onRun.cancelation.notifyPeriodInSeconds", "from 1 to 600"),
                ("{command: c, cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: '5'}}", "steps[0].script.actions.onRun.cancelation.notifyPeriodInSeconds", "from 1 to 600"),
            ],
        },
        new("6.1 an embedded file has name, type and data", "file")
        {
            Good =
            [
                "{name: F, type: TEXT, data: d}",
            ],
            Bad =
            [
                ("{type: TEXT, data: d}", "steps[0].script.embeddedFiles[0].name", "is missing"),
                ("{name: F, data: d}", "steps[0].script.embeddedFiles[0].type", "is missing"),
                ("{name: F, type: TEXT}", "steps[0].script.embeddedFiles[0].data", "is missing"),
                ("{name: F, type: BINARY, data: d}", "steps[0].script.embeddedFiles[0].type", "must be TEXT"),
                ("{name: 1F, type: TEXT, data: d}", "steps[0].script.embeddedFiles[0].name", "not begin with a digit"),
                ("{name: F, type: TEXT, data: d, x: 1}", "steps[0].script.embeddedFiles[0].x", "is no property of an embedded file"),
                ("{name: F, type: TEXT, data: d, endOfLine: LF}", "steps[0].script.embeddedFiles[0].endOfLine", "belongs to an extension"),
                ("{name: F, type: TEXT, data: d}, {name: F, type: TEXT, data: d}", "steps[0].script.embeddedFiles[1].name", "another file \"F\""),
            ],
        },
        new("6.1 runnable is a truth value", "file")
        {
            Good =
            [
                "{name: F, type: TEXT, data: d, runnable: true}",
                "{name: F, type: TEXT, data: d, runnable: False}",
            ],
            Bad =
            [
                ("{name: F, type: TEXT, data: d, runnable: 'true'}", "steps[0].script.embeddedFiles[0].runnable", "must be true or false"),
                ("{name: F, type: TEXT, data: d, runnable: 1}", "steps[0].script.embeddedFiles[0].runnable", "must be true or false"),
                ("{name: F, type: TEXT, data: d, runnable: yes}", "steps[0].script.embeddedFiles[0].runnable", "must be true or false"),
            ],
        },
        new("6.1.1 filename has 1 to 64 characters and no directory", "file")
        {
            Good =
            [
                "{name: F, type: TEXT, data: d, filename: '§64'}",
                "{name: F, type: TEXT, data: d, filename: my script.py}",
            ],
            Bad =
            [
                ("{name: F, type: TEXT, data: d, filename: ''}", "steps[0].script.embeddedFiles[0].filename", "must not be empty"),
                ("{name: F, type: TEXT, data: d, filename: '§65'}", "steps[0].script.embeddedFiles[0].filename", "has 65"),
                ("{name: F, type: TEXT, data: d, filename: a/b}", "steps[0].script.embeddedFiles[0].filename", "without directories"),
                ("{name: F, type: TEXT, data: d, filename: 'a\\b'}", "steps[0].script.embeddedFiles[0].filename", "without directories"),
                ("{name: F, type: TEXT, data: d, filename: '..'}", "steps[0].script.embeddedFiles[0].filename", "without directories"),
                ("{name: F, type: TEXT, data: d, filename: '.'}", "steps[0].script.embeddedFiles[0].filename", "without directories"),
                ("{name: F, type: TEXT, data: d, filename: x}, {name: G, type: TEXT, data: d, filename: x}", "steps[0].script.embeddedFiles[1].filename", "another file of this script"),
            ],
        },
        new("6.1.2 data is a format string of at least one character", "file")
        {
            Good =
            [
                "{name: F, type: TEXT, data: \"a\\nb\\u0007\"}",
                "{name: F, type: TEXT, data: '{{Task.Param.I}} {{Task.File.F}} {{Session.WorkingDirectory}}'}",
                "{name: F, type: TEXT, data: 'a }} b { c } ${d}'}",
            ],
            Bad =
            [
                ("{name: F, type: TEXT, data: ''}", "steps[0].script.embeddedFiles[0].data", "must not be empty"),
                ("{name: F, type: TEXT, data: 5}", "steps[0].script.embeddedFiles[0].data", "put it in quotes"),
                ("{name: F, type: TEXT, data: '{{Env.File.F}}'}", "steps[0].script.embeddedFiles[0].data", "there is no value Env.File.F"),
            ],
        },
    ];
}
