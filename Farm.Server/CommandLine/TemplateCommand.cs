using System.CommandLine;
using Farm.Server.Operations.Templates;

namespace Farm.Server.CommandLine;

/// <summary><c>farm template</c>: looks at templates without a server.</summary>
internal static class TemplateCommand
{
    private const int TasksUnlessNamed = 10;

    /// <summary>The verb.</summary>
    public static Command Create() => new("template", "Check Open Job Description templates, and show what jobs they make. Needs no server.")
    {
        CreateCheck(),
        CreateShow(),
    };

    private static Command CreateCheck()
    {
        var files = new Argument<string[]>("FILE") { Description = "Templates, YAML or JSON.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Read templates and print every problem as FILE:LINE: reason; exit with 1 if there are any.") { files };
        command.SetGuardedAction(async (parsed, cancellation) =>
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
        var name = new Option<string?>("--name") { Description = "The name of the job; by default the one that the template makes.", HelpName = "NAME" };
        var tasks = new Option<int>("--tasks")
        {
            Description = "How many tasks of each step are shown.",
            HelpName = "N",
            DefaultValueFactory = _ => TasksUnlessNamed,
        };
        tasks.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--tasks must not be negative");
        });
        var command = new Command("show", "Print the tasks and commands that a submission would make, without making it.") { path, settings, name, tasks };
        command.SetGuardedAction(async (parsed, cancellation) =>
        {
            var file = Read(parsed.GetValue(path)!);
            if (file.Type is not { } type)
            {
                foreach (var problem in file.Problems) await parsed.InvocationConfiguration.Error.WriteLineAsync($"{parsed.GetValue(path)}:{problem}".AsMemory(), cancellation);
                return 1;
            }

            foreach (var line in TemplateShow.Lines(type, parsed.GetValue(settings) ?? [], parsed.GetValue(name), parsed.GetValue(tasks)))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(line.AsMemory(), cancellation);
            return 0;
        });
        return command;
    }

    private static TemplateFile Read(string path)
    {
        if (!File.Exists(path)) throw new CommandFailedException($"there is no file {path}");
        return TemplateFile.IsTemplate(path)
            ? TemplateFile.Read(path)
            : throw new CommandFailedException($"{path} is no template: its name must end in .yaml, .yml or .json");
    }
}
