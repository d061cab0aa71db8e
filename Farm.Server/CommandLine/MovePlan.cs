using Farm.Server.Hosting.Configuration;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Postgres;

namespace Farm.Server.CommandLine;

/// <summary>Where a farm moves: always from the database that the settings name to one of the other kind.</summary>
internal sealed class MovePlan
{
    /// <summary>The value of <c>--to</c> for the file in the data directory.</summary>
    public const string OwnDatabase = FarmSettings.OwnDatabase;

    private readonly string _settingsPath;
    private readonly bool _isSetInFile;
    private readonly string _shownAddress;

    private MovePlan(DataDirectory directory, string address, bool isToPostgres, string settingsPath, bool isSetInFile)
    {
        Directory = directory;
        Address = address;
        IsToPostgres = isToPostgres;
        _settingsPath = settingsPath;
        _isSetInFile = isSetInFile;
        _shownAddress = PostgresAddress.WithPasswordHidden(address);
    }

    /// <summary>The data directory.</summary>
    public DataDirectory Directory { get; }

    /// <summary>The address of the PostgreSQL database.</summary>
    public string Address { get; }

    /// <summary>Whether the farm moves to PostgreSQL; else to farm.db.</summary>
    public bool IsToPostgres { get; }

    /// <summary>Reads the value of <c>--to</c>.</summary>
    /// <exception cref="CommandFailedException">It is not a database, or the farm cannot move there.</exception>
    /// <exception cref="StoreException">It is not a valid address.</exception>
    public static MovePlan Of(string to, DataDirectory directory, SettingsSource source)
    {
        if (!System.IO.Directory.Exists(directory.Root)) throw new CommandFailedException($"data directory not found: {directory.Root}");
        var inFile = source.Read().PostgresAddress;
        var present = RunningServer.DatabaseOfEnvironment ?? inFile;
        var setting = RunningServer.DatabaseOfEnvironment is null ? $"\"database\" in {source.Path}" : RunningServer.DatabaseVariable;
        if (to == OwnDatabase)
        {
            return present is null
                ? throw new CommandFailedException(
                    $"the farm is in {OwnDatabase} already: neither {RunningServer.DatabaseVariable} nor \"database\" in {source.Path} names a PostgreSQL database")
                : new MovePlan(directory, present, isToPostgres: false, source.Path, inFile is not null);
        }

        if (!to.StartsWith("postgres://", StringComparison.Ordinal) && !to.StartsWith("postgresql://", StringComparison.Ordinal))
            throw new CommandFailedException($"--to is {OwnDatabase} or postgres://USER:PASSWORD@HOST/DATABASE");
        if (present is not null)
        {
            throw new CommandFailedException(PostgresAddress.AreSame(to, present)
                ? $"the farm is in this database already, because {setting} names it; to move {OwnDatabase} there, remove that setting first"
                : $"the farm is in another PostgreSQL database, which {setting} names; move it to {OwnDatabase} first, or copy it with pg_dump");
        }

        return new MovePlan(directory, to, isToPostgres: true, source.Path, isSetInFile: false);
    }

    /// <summary>What to do after the move, line by line.</summary>
    public IEnumerable<string> NextSteps()
    {
        yield return "";
        yield return "Next:";
        if (IsToPostgres)
        {
            yield return $"1. Set this line in {_settingsPath}:";
            yield return $"     database: {_shownAddress}";
            yield return "2. Start the server.";
            yield return $"3. {Directory.Database} is unchanged and no longer used; the server warns about it while it is there.";
            yield return $"   Once the farm runs, rename it, for example to {OwnDatabase}.moved.";
            yield break;
        }

        List<string> settings = [];
        if (_isSetInFile) settings.Add($"remove the line \"database\" from {_settingsPath}");
        if (RunningServer.DatabaseOfEnvironment is not null) settings.Add($"unset {RunningServer.DatabaseVariable}");
        yield return $"1. Before the next start, {string.Join(", and ", settings)}.";
        yield return "2. Start the server.";
        yield return "3. The PostgreSQL database is unchanged and no longer used. Once the farm runs, drop its tables:";
        yield return $"     DROP SCHEMA {PostgresAddress.SchemaOf(Address)} CASCADE";
    }
}
