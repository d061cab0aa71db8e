using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>
/// Registers, authenticates and changes accounts. The first account that may sign in becomes an administrator, through whichever protocol
/// it registered; after that, only administrators appoint administrators.
/// </summary>
internal sealed class FarmAccounts(FarmStore store, TimeProvider time, AccountSettings settings, ILogger<FarmAccounts> log)
{
    /// <summary>
    /// Creates an account for someone who registers. It may sign in at once only as the first of the farm, or where the settings open registration;
    /// any other waits for <see cref="ActivateAsync(Guid)"/>.
    /// </summary>
    /// <param name="username">Its name. The protocol limits the length.</param>
    /// <param name="password">The password; only a slow hash is stored.</param>
    /// <param name="waits">Whether it waits for activation in any case.</param>
    /// <exception cref="FarmException">The name is taken (conflict) or not allowed (invalid).</exception>
    public async Task<Account> RegisterAsync(string username, string password, bool waits = false)
    {
        if (AccountRules.WhyNameNotAllowed(username) is { } wrong) throw FarmException.Invalid(wrong);
        // Checked before hashing as well, so that requests for taken names cost no slow hash.
        store.Read(db => AccountTable.ByName(db, username) is null ? true : throw Taken());
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        var account = await store.WriteAsync(tx =>
        {
            if (AccountTable.ByName(tx.Db, username) is not null) throw Taken();
            var administrators = AccountTable.Administrators(tx.Db);
            var active = AccountRules.IsActiveAtOnce(waits, settings.OpenRegistration, administrators);
            var administrator = AccountRules.BecomesAdministrator(active, administrators);
            var uuid = Guid.CreateVersion7(time.GetUtcNow());
            return Existing(tx, AccountTable.Insert(tx.Db, uuid, username, hash, active, administrator, tx.Now));
        });
        log.LogInformation("{Username} registered{Rights}", username, Rights(account));
        return account;
    }

    /// <summary>The account with this name and password; null if there is none or it may not sign in. A failure takes the same time whatever its cause.</summary>
    public async Task<Account?> AuthenticateAsync(string username, string password)
    {
        var stored = store.Read(db => AccountTable.WithPassword(db, username));
        var matches = await SecretQueue.People.MatchesAsync(password, stored?.PasswordHash ?? SecretHash.OfNobodysPassword);
        return matches && stored is ({ IsActive: true } account, _) ? account : null;
    }

    /// <summary>The account with this id, or null.</summary>
    public Account? Find(long id) => store.Read(db => AccountTable.ById(db, id));

    /// <summary>The account with this UUID, or null.</summary>
    public Account? Find(Guid uuid) => store.Read(db => AccountTable.ByUuid(db, uuid));

    /// <summary>The account with this name, case-sensitive, or null.</summary>
    public Account? Find(string username) => store.Read(db => AccountTable.ByName(db, username));

    /// <summary>All accounts, in order of registration.</summary>
    public List<Account> All() => store.Read(AccountTable.All);

    /// <summary>Allows an account to sign in, on behalf of another account; does nothing if it already may.</summary>
    /// <exception cref="FarmException">The other account is not an administrator (forbidden), or the account does not exist.</exception>
    public Task<Account> ActivateAsync(Account by, Guid uuid) =>
        by.IsAdministrator ? ActivateAsync(uuid) : throw new FarmException(ErrorKind.Forbidden, "only administrators activate accounts");

    /// <summary>Allows an account to sign in, on behalf of who has the administrator's token; does nothing if it already may.</summary>
    /// <exception cref="FarmException">The account does not exist.</exception>
    public async Task<Account> ActivateAsync(Guid uuid)
    {
        var account = await store.WriteAsync(tx =>
        {
            var before = AccountTable.ByUuid(tx.Db, uuid) ?? throw Unknown();
            var administrator = before.IsAdministrator || AccountRules.BecomesAdministrator(true, AccountTable.Administrators(tx.Db));
            AccountTable.SetAccess(tx.Db, before.Id, true, administrator);
            return Existing(tx, before.Id);
        });
        log.LogInformation("{Username} was activated{Rights}", account.Username, Rights(account));
        return account;
    }

    /// <summary>Grants or revokes administrator rights.</summary>
    /// <exception cref="FarmException">The account does not exist or is the last administrator.</exception>
    public async Task SetAdministratorAsync(long id, bool isAdministrator)
    {
        var account = await store.WriteAsync(tx =>
        {
            var before = Existing(tx, id);
            if (before.IsAdministrator && !isAdministrator && AccountTable.Administrators(tx.Db) == 1)
                throw FarmException.Conflict("cannot remove the last administrator");
            AccountTable.SetAccess(tx.Db, id, before.IsActive, isAdministrator);
            return before with { IsAdministrator = isAdministrator };
        });
        log.LogInformation("{Username} is {Change} administrator", account.Username, isAdministrator ? "now an" : "no longer an");
    }

    /// <summary>Sets a new password and ends all sessions of the account.</summary>
    /// <exception cref="FarmException">The account does not exist.</exception>
    public async Task SetPasswordAsync(long id, string password)
    {
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        var account = await store.WriteAsync(tx =>
        {
            var existing = Existing(tx, id);
            AccountTable.SetPassword(tx.Db, id, hash);
            SessionTable.RemoveAll(tx.Db, id);
            return existing;
        });
        log.LogInformation("{Username} has a new password", account.Username);
    }

    private static Account Existing(WriteTransaction tx, long id) => AccountTable.ById(tx.Db, id) ?? throw Unknown();

    private static string Rights(Account account) => account switch
    {
        { IsActive: false } => ", to be activated",
        { IsAdministrator: true } => ", administrator",
        _ => "",
    };

    private static FarmException Unknown() => FarmException.NotFound("no such account");

    private static FarmException Taken() => FarmException.Conflict("this username is taken");
}
