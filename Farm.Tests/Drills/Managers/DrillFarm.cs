namespace Farm.Tests.Drills.Managers;

/// <summary>A farm of three managers on one database, with one directory of shared files.</summary>
internal sealed class DrillFarm : IDisposable
{
    private const int Count = 3;

    private readonly string _directory = Directory.CreateTempSubdirectory("farm-drill-").FullName;

    private DrillFarm(PostgresCluster database, bool usesNamespaces)
    {
        (Database, UsesNamespaces) = (database, usesNamespaces);
        Directory.CreateDirectory(SharedFiles);
        Managers = [.. Enumerable.Range(0, Count).Select(number => new DrillManager(number, Path.Combine(_directory, $"m{number}"), Link(number)))];
    }

    /// <summary>The database.</summary>
    public PostgresCluster Database { get; }

    /// <summary>The managers.</summary>
    public IReadOnlyList<DrillManager> Managers { get; }

    /// <summary>The directory of shared files.</summary>
    public string SharedFiles => Path.Combine(_directory, "files");

    /// <summary>Whether each manager has a network of its own; otherwise a proxy cuts it from the database.</summary>
    public bool UsesNamespaces { get; }

    /// <summary>Starts all of it.</summary>
    /// <param name="usesProxy">See <see cref="DrillPlan.UsesProxy"/>.</param>
    public static async Task<DrillFarm> StartAsync(bool usesProxy)
    {
        var farm = new DrillFarm(PostgresCluster.Start(), !usesProxy && NetworkNamespace.IsPossible());
        try
        {
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(farm.SharedFiles).FullName, "farm.yaml"), "access: open\nopen_registration: true\n");
            // The first creates the tables and the identity of the files.
            foreach (var manager in farm.Managers)
            {
                await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(manager.Data).FullName, "farm.yaml"), "autodiscoverable: false\n");
                await manager.StartAsync(farm.SharedFiles);
            }

            return farm;
        }
        catch
        {
            farm.Dispose();
            throw;
        }
    }

    /// <summary>Stops the managers and keeps the database.</summary>
    public void StopManagers()
    {
        foreach (var manager in Managers) manager.Dispose();
    }

    public void Dispose()
    {
        StopManagers();
        Database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private IDatabaseLink Link(int number) => UsesNamespaces ? new NetworkNamespace(number, Database.Port) : new DatabaseProxy(Database.Port);
}
