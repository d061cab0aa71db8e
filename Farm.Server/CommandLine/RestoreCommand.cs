using System.CommandLine;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Backups;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary><c>farm restore</c>: puts a backup in place of what a stopped farm has.</summary>
internal static class RestoreCommand
{
    private const int Listed = 5;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The backup, a file or a folder; a name without a directory is one in the backups folder of the data directory." };
        var data = CommonOptions.Data();
        var config = CommonOptions.Config();
        var command = new Command("restore", "Put a backup in place of what a stopped farm has: check it, keep what it replaces, verify the result.")
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
            using var held = DirectoryLock.Acquire(directory);
            var restore = PendingRestore.Of(directory, backup, TimeProvider.System);
            restore.Save(directory);
            var kept = await Task.Run(() => Run(directory, settings, restore), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync($"Restored {restore.Backup} to {directory.Root}.");
            if (kept is not null) await output.WriteLineAsync($"What it replaced is in {kept}; restore that to go back.");
            await output.WriteLineAsync("Start the farm.");
            return 0;
        });
        return command;
    }

    /// <summary>Restores a backup, or goes on with that.</summary>
    /// <param name="directory">The data directory; the caller holds its lock.</param>
    /// <param name="settings">The settings of the farm.</param>
    /// <param name="restore">What to restore; it is saved.</param>
    /// <returns>Where what it replaced is; null for nothing.</returns>
    /// <exception cref="StoreException">It must not or cannot be restored.</exception>
    public static string? Run(DataDirectory directory, SettingsSource settings, PendingRestore restore)
    {
        var schema = new Schema(Schema.Core, [.. settings.Modules.Select(module => module.Schema)]);
        return new BackupRestore(directory, new SettingsFiles(directory, settings.Path), schema, TimeProvider.System).Run(restore);
    }

    private static string Find(string file, DataDirectory directory)
    {
        if (Path.GetFileName(file) == file && Path.Combine(directory.Backups, file) is var named && Path.Exists(named)) return named;
        if (Path.Exists(file)) return Path.GetFullPath(file);
        var known = new BackupFolder(directory).All().Take(Listed).Select(found => found.Name).ToList();
        throw new CommandFailedException(
            $"no such file: {file}; " + (known.Count > 0 ? $"the newest in {directory.Backups}: {string.Join(", ", known)}" : $"there are no backups in {directory.Backups}"));
    }
}
