using System.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.CommandLine;

/// <summary><c>farm restore</c>: replaces the database of a stopped farm with a backup.</summary>
internal static class RestoreCommand
{
    private const int Listed = 5;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The backup; a name without a directory is one in the backups folder of the data directory." };
        var data = CommonOptions.Data();
        var config = CommonOptions.Config();
        var command = new Command("restore", "Replace the database of a stopped farm with a backup: check it, keep what it replaces, verify the result.")
        {
            file, data, config,
        };
        command.SetActionWithErrorHandling(async (parsed, cancellation) =>
        {
            ProcessUmask.Restrict();
            var directory = new DataDirectory(parsed.GetValue(data)!);
            var settings = SettingsFile.Find(parsed.GetValue(config), directory);
            if (RunningServer.DatabaseOfEnvironment is not null || settings.Read().PostgresAddress is not null)
                throw new CommandFailedException("the farm is in PostgreSQL; restore it with pg_restore");
            var backup = Find(parsed.GetValue(file)!, directory);
            var schema = new Schema(Schema.Core, [.. settings.Modules.Select(module => module.Schema)]);
            using var held = DirectoryLock.Acquire(directory);
            var kept = await Task.Run(() => DatabaseRestore.Run(directory, backup, TimeProvider.System, schema), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"Restored {backup} to {directory.Database}.");
            if (kept is not null) await output.WriteLineAsync($"The database that it replaced is {kept}; restore that file to go back.");
            await output.WriteLineAsync(
                $"Start the farm. Files in {directory.Artifacts} that the restored database does not know are then removed; copy them first if you may go back.");
            return 0;
        });
        return command;
    }

    private static string Find(string file, DataDirectory directory)
    {
        if (Path.GetFileName(file) == file && Path.Combine(directory.Backups, file) is var named && File.Exists(named)) return named;
        if (File.Exists(file)) return Path.GetFullPath(file);
        var known = Directory.Exists(directory.Backups)
            ? new DirectoryInfo(directory.Backups).EnumerateFiles("*.db").OrderByDescending(found => found.LastWriteTimeUtc).Take(Listed).Select(found => found.Name).ToList()
            : [];
        throw new CommandFailedException(
            $"no such file: {file}; " + (known.Count > 0 ? $"the newest in {directory.Backups}: {string.Join(", ", known)}" : $"there are no backups in {directory.Backups}"));
    }
}
