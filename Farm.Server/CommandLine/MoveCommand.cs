using System.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Move;

namespace Farm.Server.CommandLine;

/// <summary><c>farm move</c>: moves a stopped farm between farm.db and PostgreSQL.</summary>
internal static class MoveCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = $"Where the farm moves to: {MovePlan.OwnDatabase} of the data directory, or an empty PostgreSQL database.",
            HelpName = $"{MovePlan.OwnDatabase}|postgres://USER:PASSWORD@HOST/DATABASE",
            Required = true,
        };
        var data = CommonOptions.Data();
        var config = CommonOptions.Config();
        var command = new Command(
            "move", "Move a stopped farm from farm.db to PostgreSQL or back: copy everything, compare every row, and say what to do next. The original stays.")
        {
            to, data, config,
        };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            ProcessUmask.Restrict();
            var directory = new DataDirectory(parsed.GetValue(data)!);
            var settings = SettingsFile.Find(parsed.GetValue(config), directory);
            var plan = MovePlan.Of(parsed.GetValue(to)!, directory, settings);
            var schema = new Schema(Schema.Core, [.. settings.Modules.Select(module => module.Schema)]);
            var output = parsed.InvocationConfiguration.Output;
            // Ctrl+C is only noticed while another thread works.
            await Task.Run(() => Move(plan, schema, output, cancellation), CancellationToken.None);
            foreach (var line in plan.NextSteps()) await output.WriteLineAsync(line);
            return 0;
        });
        return command;
    }

    private static void Move(MovePlan plan, Schema schema, TextWriter output, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        using var held = DirectoryLock.Acquire(plan.Directory);
        using var source = plan.IsToPostgres ? SqliteSide.Open(plan.Directory, schema) : (IMoveSide)PostgresSide.Open(plan.Address, schema);
        using var target = plan.IsToPostgres ? PostgresTarget.Create(plan.Address, schema) : (IMoveTarget)SqliteTarget.Create(plan.Directory, time, schema);
        var report = new MoveReport(output, isTerminal: !Console.IsOutputRedirected, time);
        output.WriteLine($"Moving {source.Name} to {target.Name}.");
        try
        {
            var rows = new FarmMove(source, target, report).Run(cancellationToken);
            report.End(rows, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            report.Canceled();
            throw;
        }
    }
}
