using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Operations.Accounts;

/// <summary>Registers, authenticates and changes accounts. Who registers is an artist; the setup code makes the first administrator.</summary>
internal sealed class FarmAccounts(FarmStore store, AuditLog audit, TimeProvider time, AccountSettings settings, ILogger<FarmAccounts> log)
{
    private readonly LoginThrottle _throttle = new(time);

    /// <summary>
    /// Creates an account for whoever asks. Unless the settings open registration, it waits for <see cref="ActivateAsync"/>.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="username">Its name. The protocol limits the length.</param>
    /// <param name="password">The password; only a slow hash is stored.</param>
    /// <param name="waits">Whether it waits for activation in any case.</param>
    /// <exception cref="FarmException">The caller may not register, or the name is taken (conflict), or the name or password is not allowed (invalid).</exception>
    public Task<Account> RegisterAsync(Caller caller, string username, string password, bool waits = false) => audit.RunAsync(caller, AuditVerb.Register, action =>
    {
        caller.Demand(Permission.Register);
        return InsertAsync(action, username, password, active: settings.OpenRegistration && !waits, Role.Artist, static _ => { });
    });

    /// <summary>Creates an account for somebody else.</summary>
    /// <exception cref="FarmException">The caller may not, the name is taken, or a value is not allowed.</exception>
    public Task<Account> AddAsync(Caller caller, string username, string password, Role role) => audit.RunAsync(caller, AuditVerb.AddAccount, action =>
    {
        caller.Demand(Permission.ManagePeople);
        return InsertAsync(action, username, password, active: true, role, static _ => { });
    });

    /// <summary>Sets the farm up: creates the first administrator with the setup code.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="code">The setup code.</param>
    /// <param name="username">The name of the administrator.</param>
    /// <param name="password">The password; only a slow hash is stored.</param>
    /// <exception cref="FarmException">The code is wrong or used, or a value is not allowed.</exception>
    public Task<Account> SetUpAsync(Caller caller, string code, string username, string password) => audit.RunAsync(caller, AuditVerb.SetUp, action =>
    {
        // First, so that guessing the code costs no slow hash.
        store.Read(db =>
        {
            SetupCode.Check(db, code);
            return true;
        });
        return InsertAsync(action, username, password, active: true, Role.Administrator, tx => SetupCode.Check(tx.Db, code));
    });

    /// <summary>The account with this name and password; null if there is none or it may not sign in. A failure takes the same time whatever its cause.</summary>
    /// <param name="caller">Who signs in; so far a visitor.</param>
    /// <param name="username">The name.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="FarmException">The machine has tried too many wrong passwords (exhausted).</exception>
    public async Task<Account?> AuthenticateAsync(Caller caller, string username, string password)
    {
        _throttle.Check(caller.Address, username);
        var stored = store.Read(db => AccountTable.WithPassword(db, username));
        var matches = await SecretQueue.People.MatchesAsync(password, stored?.PasswordHash ?? SecretHash.OfNobodysPassword);
        if (matches && stored is ({ IsActive: true } account, _))
        {
            _throttle.Succeeded(caller.Address, username);
            await audit.SignedInAsync(caller with { Account = account });
            return account;
        }

        _throttle.Failed(caller.Address, username);
        // An unknown name is not written: it may be a password, typed into the wrong field.
        var target = stored is ({ } known, _) ? Target(known) : AuditTarget.None;
        await audit.RefusedAsync(caller, AuditVerb.SignIn, target, stored is null ? "unknown name" : matches ? "waits for activation" : "wrong password");
        return null;
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
        var account = await audit.WriteAsync(caller, AuditVerb.ActivateAccount, (tx, action) =>
        {
            var found = AccountTable.ByUuid(tx.Db, uuid);
            if (found is not null) action.On(Target(found));
            caller.Demand(Permission.ManagePeople);
            var before = found ?? throw Unknown();
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
        var account = await audit.WriteAsync(caller, AuditVerb.SetRole, (tx, action) =>
        {
            var before = Asked(tx, id, action, () => caller.Demand(Permission.ManagePeople));
            action.Change(before.Role.Name(), role.Name());
            if (role != Role.Administrator) KeepAnAdministrator(tx, before);
            AccountTable.SetAccess(tx.Db, id, before.IsActive, role);
            if (role == Role.Administrator && before.IsActive) SetupCode.Forget(tx, store);
            return before;
        });
        log.LogInformation("{Username} is now {Role}", account.Username, role.Name());
    }

    /// <summary>Sets a new password and ends all sessions of the account. Everyone may change their own.</summary>
    /// <exception cref="FarmException">The caller may not, the account does not exist, or the password is not allowed.</exception>
    public Task SetPasswordAsync(Caller caller, long id, string password) => SetPasswordAsync(caller, id, password, () => DemandOwn(caller, id));

    /// <summary>As <see cref="SetPasswordAsync(Caller, long, string)"/>, for a caller who has shown otherwise that they may, such as by a reset request.</summary>
    /// <exception cref="FarmException">The account does not exist, or the password is not allowed.</exception>
    public Task ResetPasswordAsync(Caller caller, long id, string password) => SetPasswordAsync(caller, id, password, static () => { });

    private Task SetPasswordAsync(Caller caller, long id, string password, Action demand) => audit.RunAsync(caller, AuditVerb.SetPassword, async action =>
    {
        var found = Find(id);
        if (found is not null) action.On(Target(found));
        demand();
        var existing = found ?? throw Unknown();
        if (PasswordRules.WhyNotAllowed(existing.Username, password) is { } wrong) throw FarmException.Invalid(wrong);
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        var account = await store.WriteAsync(tx =>
        {
            var present = Existing(tx, id);
            AccountTable.SetPassword(tx.Db, id, hash);
            SessionTable.RemoveAll(tx.Db, id);
            action.Record(tx);
            return present;
        });
        log.LogInformation("{Username} has a new password", account.Username);
    });

    /// <summary>Ends all sessions of an account. Everyone may end their own.</summary>
    /// <exception cref="FarmException">The caller may not, or the account does not exist.</exception>
    public async Task EndSessionsAsync(Caller caller, long id)
    {
        var account = await audit.WriteAsync(caller, AuditVerb.EndSessions, (tx, action) =>
        {
            var present = Asked(tx, id, action, () => DemandOwn(caller, id));
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
        var account = await audit.WriteAsync(caller, AuditVerb.RemoveAccount, (tx, action) =>
        {
            var present = Asked(tx, id, action, () => DemandOwn(caller, id));
            action.Change(present.Role.Name(), null);
            KeepAnAdministrator(tx, present);
            SessionTable.RemoveAll(tx.Db, id);
            TokenTable.RemoveAll(tx.Db, id);
            AccountTable.Remove(tx.Db, id, $"{present.Username} (removed, {id})", tx.Now);
            return present;
        });
        log.LogInformation("{Username} was removed", account.Username);
    }

    private async Task<Account> InsertAsync(AuditedAction action, string username, string password, bool active, Role role, Action<WriteTransaction> check)
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
            action.On("account", uuid, username);
            action.Change(null, active ? role.Name() : $"{role.Name()}, waits for activation");
            action.Record(tx);
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

    private static AuditTarget Target(Account account) => new("account", account.Uuid, account.Username);

    /// <summary>The account that something is asked for, after the check whether the caller may.</summary>
    private static Account Asked(WriteTransaction tx, long id, AuditedAction action, Action demand)
    {
        var account = AccountTable.ById(tx.Db, id);
        if (account is not null) action.On(Target(account));
        demand();
        return account ?? throw Unknown();
    }

    private static Account Existing(WriteTransaction tx, long id) => AccountTable.ById(tx.Db, id) ?? throw Unknown();

    private static FarmException Unknown() => FarmException.NotFound("no such account");

    private static FarmException Taken() => FarmException.Conflict("this username is taken");
}
