using Farm.Server.Operations.Configuration;

namespace Farm.Tests.Operations.Audit;

public sealed class SettingChangeTests
{
    [Fact]
    public void Keys_and_values_are_told_and_secrets_are_not()
    {
        SettingChange[] changes =
        [
            new("access", "submit", "open"),
            new("contracts.deadline.password_hash", null, "$pbkdf2$hash"),
            new("database", "farm.db", "postgres://farm:hunter2@host/farm"),
            new("hosts.0", "old.example", null),
        ];
        Assert.Equal("access: submit, contracts.deadline.password_hash: (none), database: (hidden), hosts.0: old.example", SettingChange.TextBefore(changes));
        Assert.Equal("access: open, contracts.deadline.password_hash: (hidden), database: (hidden), hosts.0: (none)", SettingChange.TextAfter(changes));
        Assert.Null(SettingChange.TextAfter([]));
    }
}
