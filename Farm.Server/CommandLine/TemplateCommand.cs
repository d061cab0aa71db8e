using System.CommandLine;
using Farm.Server.Operations.Templates;

namespace Farm.Server.CommandLine;

/// <summary><c>farm template</c>: checks templates without a server.</summary>
internal static class TemplateCommand
{
    private const int TasksUnlessNamed = 10;

    /// <summary>The command.</summary>
    public static Command Create() => new("template", "Check Open Job Description templates and show the jobs they create. Needs no server.")
    {
        CreateCheck(),
        CreateShow(),
    };

    private static Command CreateCheck()
    {
        var files = new Argument<string[]>("FILE") { Description = "Templates, YAML or JSON.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Print every problem of templates as FILE:LINE: reason; the exit code is 1 if there are any.") { files };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var isBroken = false;
            foreach (var path in parsed.GetValue(files)!)
            {
                var file = Read(path);
                isBroken |= file.Type is null;
                foreach (var problem in file.Problems) await parsed.InvocationConfiguration.Output.WriteLineAsync($"{path}:{problem}".AsMemory(), cancellation);
                if (file.Type is { } type)
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"{path}: the job type \"{type.Info.Name}\"".AsMemory(), cancellation);
            }

            return isBroken ? 1 : 0;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var path = new Argument<string>("FILE") { Description = "A template, YAML or JSON." };
        var settings = new Argument<string[]>("name=value") { Description = "Parameters of the template.", Arity = ArgumentArity.ZeroOrMore };
        var name = new Option<string?>("--name") { Description = "The job's name; by default the name from the template.", HelpName = "NAME" };
        var tasks = new Option<int>("--tasks")
        {
            Description = "Number of tasks to show for each step.",
            HelpName = "N",
            DefaultValueFactory = _ => TasksUnlessNamed,
        };
        tasks.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--tasks must not be negative");
        });
        var command = new Command("show", "Print the tasks and commands of a job without submitting it.") { path, settings, name, tasks };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            var file = Read(parsed.GetValue(path)!);
            if (file.Type is not { } type)
            {
                foreach (var problem in file.Problems) await parsed.InvocationConfiguration.Error.WriteLineAsync($"{parsed.GetValue(path)}:{problem}".AsMemory(), cancellation);
                return 1;
            }

            foreach (var line in TemplatePreview.Lines(type, parsed.GetValue(settings) ?? [], parsed.GetValue(name), parsed.GetValue(tasks)))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(line.AsMemory(), cancellation);
            return 0;
        });
        return command;
    }

    private static TemplateFile Read(string path)
    {
        if (!File.Exists(path)) throw new CommandFailedException($"file not found: {path}");
        return TemplateFile.IsTemplate(path)
            ? TemplateFile.Read(path)
            : throw new CommandFailedException($"{path} is not a template: its name must end in .yaml, .yml or .json");
    }
}
