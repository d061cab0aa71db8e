using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Operations.Accounts;

/// <summary>Accounts and sessions in a real database file that can be reopened.</summary>
internal sealed class AccountsFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _temporary = new();

    public AccountsFixture() => Open();

    public ManualTime Time { get; } = new();

    public ListLogger<FarmAccounts> Log { get; } = new();

    public ListLogger<SetupCode> CodeLog { get; } = new();

    public FarmStore Store { get; private set; } = null!;

    public SetupCode Code { get; private set; } = null!;

    public FarmAccounts Accounts { get; private set; } = null!;

    public AuditLog Audit { get; private set; } = null!;

    public Sessions Sessions { get; private set; } = null!;

    public string Key => Path.Combine(_temporary["farm"], "session.key");

    /// <summary>An account without a slow password hash, to keep tests fast.</summary>
    public Task<Account> PersonAsync(string name, bool active = true) => Store.WriteAsync(tx =>
        AccountTable.ById(tx.Db, AccountTable.Insert(tx.Db, Guid.CreateVersion7(), name, "-", active, Role.Artist, tx.Now))!);

    /// <summary>As without the setting <c>open_registration</c>.</summary>
    public void CloseRegistration() => Accounts = new FarmAccounts(Store, Audit, Time, new AccountSettings(), Log);

    public async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _temporary.Dispose();
    }

    private void Open()
    {
        var directory = new DataDirectory(_temporary["farm"]);
        Store = FarmStore.Open(directory, Time, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All, slice: 3);
        Audit = new AuditLog(Store, Time, NullLogger<AuditLog>.Instance);
        Accounts = new FarmAccounts(Store, Audit, Time, new AccountSettings { OpenRegistration = true }, Log);
        Code = new SetupCode(Store, CodeLog);
        Sessions = new Sessions(Store, SessionTokens.Open(Store), Time);
    }
}
