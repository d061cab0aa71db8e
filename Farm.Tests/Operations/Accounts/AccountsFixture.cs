using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Accounts;
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

    public FarmStore Store { get; private set; } = null!;

    public FarmAccounts Accounts { get; private set; } = null!;

    /// <summary>Its settings, from the next start on.</summary>
    public AccountSettings Settings { get; set; } = new();

    public Sessions Sessions { get; private set; } = null!;

    public string Key => Path.Combine(_temporary["farm"], "session.key");

    /// <summary>An account without a slow password hash, to keep tests fast.</summary>
    public Task<Account> PersonAsync(string name, bool active = true) => Store.WriteAsync(tx =>
        AccountTable.ById(tx.Db, AccountTable.Insert(tx.Db, Guid.CreateVersion7(), name, "-", active, false, tx.Now))!);

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
        Accounts = new FarmAccounts(Store, Time, Settings, Log);
        Sessions = new Sessions(Store, SessionTokens.Open(Store), Time);
    }
}
