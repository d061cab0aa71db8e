using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>Registers, authenticates and changes accounts. Who registers is an artist; the setup code makes the first administrator.</summary>
internal sealed class FarmAccounts(FarmStore store, TimeProvider time, AccountSettings settings, ILogger<FarmAccounts> log)
{
    /// <summary>
    /// Creates an account for whoever asks. Unless the settings open registration, it waits for <see cref="ActivateAsync"/>.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="username">Its name. The protocol limits the length.</param>
    /// <param name="password">The password; only a slow hash is stored.</param>
    /// <param name="waits">Whether it waits for activation in any case.</param>
    /// <exception cref="FarmException">The caller may not register, or the name is taken (conflict), or the name or password is not allowed (invalid).</exception>
    public Task<Account> RegisterAsync(Caller caller, string username, string password, bool waits = false)
    {
        caller.Demand(Permission.Register);
        return InsertAsync(username, password, active: settings.OpenRegistration && !waits, Role.Artist, static _ => { });
    }

    /// <summary>Creates an account for somebody else.</summary>
    /// <exception cref="FarmException">The caller may not, the name is taken, or a value is not allowed.</exception>
    public Task<Account> AddAsync(Caller caller, string username, string password, Role role)
    {
        caller.Demand(Permission.ManagePeople);
        return InsertAsync(username, password, active: true, role, static _ => { });
    }

    /// <summary>Sets the farm up: creates the first administrator with the setup code.</summary>
    /// <exception cref="FarmException">The code is wrong or used, or a value is not allowed.</exception>
    public Task<Account> SetUpAsync(string code, string username, string password)
    {
        // First, so that guessing the code costs no slow hash.
        store.Read(db =>
        {
            SetupCode.Check(db, code);
            return true;
        });
        return InsertAsync(username, password, active: true, Role.Administrator, tx => SetupCode.Check(tx.Db, code));
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

    /// <summary>Allows an account to sign in; does nothing if it already may.</summary>
    /// <exception cref="FarmException">The caller may not, or the account does not exist.</exception>
    public async Task<Account> ActivateAsync(Caller caller, Guid uuid)
    {
        caller.Demand(Permission.ManagePeople);
        var account = await store.WriteAsync(tx =>
        {
            var before = AccountTable.ByUuid(tx.Db, uuid) ?? throw Unknown();
            AccountTable.SetAccess(tx.Db, before.Id, true, before.Role);
            return before with { IsActive = true };
        });
        log.LogInformation("{Username} was activated", account.Username);
        return account;
    }

    /// <summary>Sets the role of an account.</summary>
    /// <exception cref="FarmException">The caller may not, the account does not exist, or it is the last administrator.</exception>
    public async Task SetRoleAsync(Caller caller, long id, Role role)
    {
        caller.Demand(Permission.ManagePeople);
        var account = await store.WriteAsync(tx =>
        {
            var before = Existing(tx, id);
            if (role != Role.Administrator) KeepAnAdministrator(tx, before);
            AccountTable.SetAccess(tx.Db, id, before.IsActive, role);
            if (role == Role.Administrator && before.IsActive) SetupCode.Forget(tx, store);
            return before;
        });
        log.LogInformation("{Username} is now {Role}", account.Username, role.Name());
    }

    /// <summary>Sets a new password and ends all sessions of the account. Everyone may change their own.</summary>
    /// <exception cref="FarmException">The caller may not, the account does not exist, or the password is not allowed.</exception>
    public async Task SetPasswordAsync(Caller caller, long id, string password)
    {
        DemandOwn(caller, id);
        var existing = Find(id) ?? throw Unknown();
        if (PasswordRules.WhyNotAllowed(existing.Username, password) is { } wrong) throw FarmException.Invalid(wrong);
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        var account = await store.WriteAsync(tx =>
        {
            var present = Existing(tx, id);
            AccountTable.SetPassword(tx.Db, id, hash);
            SessionTable.RemoveAll(tx.Db, id);
            return present;
        });
        log.LogInformation("{Username} has a new password", account.Username);
    }

    /// <summary>Ends all sessions of an account. Everyone may end their own.</summary>
    /// <exception cref="FarmException">The caller may not, or the account does not exist.</exception>
    public async Task EndSessionsAsync(Caller caller, long id)
    {
        DemandOwn(caller, id);
        var account = await store.WriteAsync(tx =>
        {
            var present = Existing(tx, id);
            SessionTable.RemoveAll(tx.Db, id);
            return present;
        });
        log.LogInformation("All sessions of {Username} were ended", account.Username);
    }

    /// <summary>
    /// Removes an account: it cannot sign in any more, and its name is free. Jobs, projects and groups keep a trace of it. Everyone may remove
    /// their own.
    /// </summary>
    /// <exception cref="FarmException">The caller may not, the account does not exist, or it is the last administrator.</exception>
    public async Task RemoveAsync(Caller caller, long id)
    {
        DemandOwn(caller, id);
        var account = await store.WriteAsync(tx =>
        {
            var present = Existing(tx, id);
            KeepAnAdministrator(tx, present);
            SessionTable.RemoveAll(tx.Db, id);
            TokenTable.RemoveAll(tx.Db, id);
            AccountTable.Remove(tx.Db, id, $"{present.Username} (removed, {id})", tx.Now);
            return present;
        });
        log.LogInformation("{Username} was removed", account.Username);
    }

    private async Task<Account> InsertAsync(string username, string password, bool active, Role role, Action<WriteTransaction> check)
    {
        if (AccountRules.WhyNameNotAllowed(username) is { } wrongName) throw FarmException.Invalid(wrongName);
        // Before the password, so that requests for taken names cost no slow hash.
        store.Read(db => AccountTable.ByName(db, username) is null ? true : throw Taken());
        if (PasswordRules.WhyNotAllowed(username, password) is { } wrongPassword) throw FarmException.Invalid(wrongPassword);
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        var account = await store.WriteAsync(tx =>
        {
            check(tx);
            if (AccountTable.ByName(tx.Db, username) is not null) throw Taken();
            var uuid = Guid.CreateVersion7(time.GetUtcNow());
            var id = AccountTable.Insert(tx.Db, uuid, username, hash, active, role, tx.Now);
            if (role == Role.Administrator) SetupCode.Forget(tx, store);
            return Existing(tx, id);
        });
        log.LogInformation("{Username} registered as {Role}{Waiting}", username, role.Name(), active ? "" : ", to be activated");
        return account;
    }

    private static void DemandOwn(Caller caller, long id)
    {
        if (caller.Account?.Id != id) caller.Demand(Permission.ManagePeople);
    }

    private static void KeepAnAdministrator(WriteTransaction tx, Account account)
    {
        if (account is { IsAdministrator: true, IsActive: true } && AccountTable.Administrators(tx.Db) == 1)
            throw FarmException.Conflict("cannot remove the last administrator");
    }

    private static Account Existing(WriteTransaction tx, long id) => AccountTable.ById(tx.Db, id) ?? throw Unknown();

    private static FarmException Unknown() => FarmException.NotFound("no such account");

    private static FarmException Taken() => FarmException.Conflict("this username is taken");
}
