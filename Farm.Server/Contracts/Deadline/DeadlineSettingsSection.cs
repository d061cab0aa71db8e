using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Configuration;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Deadline;

/// <summary>Reads and writes what can be set in <c>contracts: {deadline: …}</c> (Contracts/Deadline/Contract.md section 1.10).</summary>
internal sealed class DeadlineSettingsSection : ModuleSettings<DeadlineSettings>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys { get; } =
    [
        new("user", "The user that Deadline's clients must send by HTTP Basic; without it nothing is asked for."),
        new("password_hash", "The hash of that user's password, as `farm hash-password` prints it."),
    ];

    /// <inheritdoc/>
    public override DeadlineSettings Read(IConfigurationSection section)
    {
        var read = new SettingReader(section);
        var (user, hash) = (read.Text("user", ""), read.Text("password_hash", ""));
        if (user.Length == 0 && hash.Length == 0) return new DeadlineSettings();
        if (user.Length == 0) throw new SettingException($"{section.Path}:user", user, "must be given with a password_hash");
        return SecretHash.IsHash(hash)
            ? new DeadlineSettings { Login = new BasicLogin(user, hash) }
            : throw new SettingException($"{section.Path}:password_hash", null, "must be what \"farm hash-password\" prints");
    }

    /// <summary>Writes the keys only where somebody is asked for.</summary>
    public override void Write(DeadlineSettings settings, JsonObject document)
    {
        if (settings.Login is not { } login) return;
        document["user"] = login.User;
        document["password_hash"] = login.PasswordHash;
    }
}
