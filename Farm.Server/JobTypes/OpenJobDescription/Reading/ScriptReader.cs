using Farm.Server.JobTypes.OpenJobDescription.Model;

namespace Farm.Server.JobTypes.OpenJobDescription.Reading;

/// <summary>Reads actions, embedded files, step scripts and environments (sections 3.5, 4, 5 and 6).</summary>
internal static class ScriptReader
{
    private const int MostNotifySeconds = 600;
    private const int NotifySecondsOfRun = 120;
    private const int NotifySecondsOfOthers = 30;
    private const int MostOfVariableValue = 2048;

    /// <summary>Reads the script of a step; returns null if it is invalid.</summary>
    /// <param name="reader">The script object.</param>
    /// <param name="session">The symbols available in the session.</param>
    /// <param name="parameters">The names of the step's task parameters.</param>
    public static StepScript? ReadStep(ObjectReader reader, Symbols session, IEnumerable<string> parameters)
    {
        var symbols = session.With(
            parameters.SelectMany(name => new[] { $"Task.Param.{name}", $"Task.RawParam.{name}" })
                .Concat(FileNames(reader).Select(name => $"Task.File.{name}")),
            "in the script of this step");
        var actions = reader.Object("actions", isRequired: true);
        var onRun = actions?.Object("onRun", isRequired: true) is { } action ? ReadAction(action, symbols, NotifySecondsOfRun) : null;
        actions?.RefuseOthers("the actions of a step");
        var files = ReadFiles(reader, symbols);
        reader.RefuseOthers("the script of a step");
        return onRun is null ? null : new StepScript(onRun, files);
    }

    /// <summary>Reads an environment; returns null if it has no valid name.</summary>
    public static JobEnvironment? ReadEnvironment(ObjectReader reader, Symbols session)
    {
        var name = reader.Text("name", TextRules.Name, isRequired: true);
        reader.Text("description", TextRules.Description);
        if (!reader.Has("script") && !reader.Has("variables")) reader.Refuse(null, "must have a script, variables or both");
        var script = reader.Object("script");
        var symbols = session.With(script is null ? [] : FileNames(script).Select(file => $"Env.File.{file}"), "in this environment");
        var variables = reader.Object("variables") is { } map ? ReadVariables(map, symbols) : [];
        TemplateAction? onEnter = null, onExit = null;
        IReadOnlyList<EmbeddedFile> files = [];
        if (script is not null)
        {
            var actions = script.Object("actions", isRequired: true);
            onEnter = actions?.Object("onEnter", isRequired: true) is { } enter ? ReadAction(enter, symbols, NotifySecondsOfOthers) : null;
            onExit = actions?.Object("onExit") is { } exit ? ReadAction(exit, symbols, NotifySecondsOfOthers) : null;
            actions?.RefuseOthers("the actions of an environment");
            files = ReadFiles(script, symbols);
            script.RefuseOthers("the script of an environment");
        }

        reader.RefuseOthers("an environment");
        return name is null ? null : new JobEnvironment(name, onEnter, onExit, files, variables);
    }

    private static TemplateAction? ReadAction(ObjectReader reader, Symbols symbols, int notifySeconds)
    {
        var command = reader.Format("command", symbols, text => TextRules.Between(text, 1, int.MaxValue) ?? TextRules.NoControls(text), isRequired: true);
        List<FormatString> arguments = [];
        foreach (var (node, path) in reader.List("args"))
        {
            if (reader.FormatOf(node, path, symbols, TextRules.NoControls) is { } argument) arguments.Add(argument);
        }

        var timeout = reader.Integer("timeout", 1, int.MaxValue);
        var cancelation = reader.Object("cancelation") is { } method ? ReadCancelation(method, notifySeconds) : new Cancelation(null);
        reader.RefuseOthers("an action");
        return command is null ? null : new TemplateAction(command, arguments, (int?)timeout, cancelation);
    }

    private static Cancelation ReadCancelation(ObjectReader reader, int notifySeconds)
    {
        var mode = reader.Word("mode", ["TERMINATE", "NOTIFY_THEN_TERMINATE"], isRequired: true);
        var doesNotify = mode == "NOTIFY_THEN_TERMINATE";
        var seconds = doesNotify ? (int?)reader.Integer("notifyPeriodInSeconds", 1, MostNotifySeconds) ?? notifySeconds : (int?)null;
        if (mode is not null) reader.RefuseOthers($"a cancelation by {mode}");
        return new Cancelation(seconds);
    }

    /// <summary>The names of embedded files, for references that are read before the files.</summary>
    private static IEnumerable<string> FileNames(ObjectReader script) =>
        script.Find("embeddedFiles") is not { Kind: NodeKind.List } list ? [] : list.Items
            .SelectMany(item => item.Entries).Where(entry => entry is { Name: "name", Value.Kind: NodeKind.Text }).Select(entry => entry.Value.Text);

    private static List<EmbeddedFile> ReadFiles(ObjectReader script, Symbols symbols)
    {
        List<EmbeddedFile> files = [];
        foreach (var item in script.List("embeddedFiles", least: 1))
        {
            var reader = script.ObjectOf(item);
            var name = reader.Text("name", TextRules.Identifier, isRequired: true);
            reader.Word("type", ["TEXT"], isRequired: true);
            var fileName = reader.Text("filename", TextRules.FileName);
            var isRunnable = reader.Flag("runnable") ?? false;
            var data = reader.Format("data", symbols, text => TextRules.Between(text, 1, int.MaxValue), isRequired: true);
            reader.RefuseOthers("an embedded file");
            if (name is null || data is null) continue;
            if (files.Any(other => other.Name == name)) reader.Refuse("name", $"there is another file \"{name}\" in this script");
            if (fileName is not null && files.Any(other => other.FileName == fileName)) reader.Refuse("filename", $"another file of this script is written to \"{fileName}\"");
            files.Add(new EmbeddedFile(name, fileName, isRunnable, data));
        }

        return files;
    }

    private static List<KeyValuePair<string, FormatString>> ReadVariables(ObjectReader map, Symbols symbols)
    {
        List<KeyValuePair<string, FormatString>> variables = [];
        foreach (var (name, line, node) in map.All())
        {
            if (TextRules.VariableName(name) is { } problem) map.Refuse(line, map.At(name), $"the name of a variable {problem}");
            if (map.FormatOf(node, map.At(name), symbols, text => TextRules.Between(text, 0, MostOfVariableValue)) is { } value)
                variables.Add(new(name, value));
        }

        return variables;
    }
}
