using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.FlowServ;
using Farm.Server.Contracts.TaskTracker;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Whether a protocol is spoken, and where (Docs/design.md section 4).</summary>
/// <param name="IsEnabled">Whether it is spoken at all.</param>
/// <param name="Prefix">What its paths begin with, such as <c>/render</c>; empty for the protocol's own paths.</param>
internal sealed record ContractSettings(bool IsEnabled = true, string Prefix = "")
{
    private static readonly string[] Names = ["flamenco", "deadline", "task_tracker", "flowserv", "aspire", "farm"];
    private static readonly string[] Keys = ["enabled", "prefix"];
    private static readonly string[] DeadlineKeys = [.. Keys, "user", "password_hash"];
    private static readonly string[] TrackerKeys = [.. Keys, .. TrackerSettingsReader.Keys];
    private static readonly string[] FlowServKeys = [.. Keys, .. FlowServSettingsReader.Keys];
    private static readonly string[] AspireKeys = [.. Keys, "worker_timeout", "retry_limit", "forward_releases"];

    /// <summary>The user and password that the protocol asks for by HTTP Basic; null when it asks for none.</summary>
    public BasicLogin? Login { get; init; }

    /// <summary>What can be set about task_tracker alone; null for another protocol.</summary>
    public TrackerSettings? Tracker { get; init; }

    /// <summary>What can be set about flowServ alone; null for another protocol.</summary>
    public FlowServSettings? FlowServ { get; init; }

    /// <summary>What can be set about batches, by Aspire alone; null for another protocol.</summary>
    public BatchSettings? Batches { get; init; }

    /// <summary>Reads <c>contracts: {flamenco: {enabled, prefix}, …}</c>; what is absent is spoken under its own paths.</summary>
    /// <exception cref="SettingException">A protocol or a key is unknown, or a value cannot be used.</exception>
    public static IReadOnlyDictionary<string, ContractSettings> Read(IConfigurationSection contracts)
    {
        foreach (var section in contracts.GetChildren())
        {
            if (!Names.Contains(section.Key)) throw new SettingException(section.Path, section.Value, $"is no protocol; there are: {string.Join(", ", Names)}");
            var keys = section.Key switch
            {
                "deadline" => DeadlineKeys,
                "task_tracker" => TrackerKeys,
                "flowserv" => FlowServKeys,
                "aspire" => AspireKeys,
                _ => Keys,
            };
            foreach (var setting in section.GetChildren())
            {
                if (!keys.Contains(setting.Key)) throw new SettingException(setting.Path, setting.Value, $"is not a setting; there are: {string.Join(", ", keys)}");
            }
        }

        return Names.ToDictionary(name => name, name => Read(name, contracts.GetSection(name)));
    }

    private static ContractSettings Read(string name, IConfigurationSection section)
    {
        var read = new SettingReader(section);
        var prefix = read.Text("prefix", "").TrimEnd('/');
        if (prefix.Length > 0 && !prefix.StartsWith('/')) throw new SettingException($"contracts:{name}:prefix", prefix, "must begin with a slash");
        return new ContractSettings(read.Flag("enabled", true), prefix)
        {
            Login = ReadLogin(name, read),
            Tracker = name == "task_tracker" ? TrackerSettingsReader.Read(section) : null,
            FlowServ = name == "flowserv" ? FlowServSettingsReader.Read(section) : null,
            Batches = name == "aspire" ? ReadBatches(read) : null,
        };
    }

    private static BatchSettings ReadBatches(SettingReader read)
    {
        var usual = new BatchSettings();
        return new BatchSettings
        {
            WorkerTimeout = read.Duration("worker_timeout", usual.WorkerTimeout),
            RetryLimit = read.Count("retry_limit", usual.RetryLimit),
            ForwardReleases = read.Flag("forward_releases", usual.ForwardReleases),
        };
    }

    private static BasicLogin? ReadLogin(string name, SettingReader read)
    {
        var (user, hash) = (read.Text("user", ""), read.Text("password_hash", ""));
        if (user.Length == 0 && hash.Length == 0) return null;
        if (user.Length == 0) throw new SettingException($"contracts:{name}:user", user, "must be given with a password_hash");
        return SecretHash.IsHash(hash)
            ? new BasicLogin(user, hash)
            : throw new SettingException($"contracts:{name}:password_hash", null, "must be what \"farm hash-password\" prints");
    }
}
