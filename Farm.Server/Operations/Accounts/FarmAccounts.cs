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
            if (PasswordCodeTable.Of(tx.Db, before.Id) is { IsInvitation: true }) throw FarmException.Conflict("this person has not chosen a password yet; make another code for them");
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

    /// <summary>Sets a new password of somebody else, and ends all their sessions.</summary>
    /// <exception cref="FarmException">The caller may not, the account does not exist or is the caller's own, or the password is not allowed.</exception>
    public Task SetPasswordAsync(Caller caller, long id, string password) => SetPasswordAsync(caller, id, password, () =>
    {
        caller.Demand(Permission.ManagePeople);
        DemandOthers(caller, id);
    });

    /// <summary>As <see cref="SetPasswordAsync(Caller, long, string)"/>, for a caller who has shown otherwise that they may, such as by a reset request.</summary>
    /// <exception cref="FarmException">The account does not exist or is the caller's own, or the password is not allowed.</exception>
    public Task ResetPasswordAsync(Caller caller, long id, string password) => SetPasswordAsync(caller, id, password, () => DemandOthers(caller, id));

    /// <summary>Changes the caller's own password, and ends their other sessions.</summary>
    /// <param name="caller">Who asks: a person, not a token.</param>
    /// <param name="present">Their present password, because a session may be left open on somebody's screen.</param>
    /// <param name="password">The new one; only a slow hash is stored.</param>
    /// <param name="session">The token of the session that stays; null for none.</param>
    /// <exception cref="FarmException">
    /// The present password is wrong or a token asks (forbidden), the new one is not allowed (invalid), or the machine has tried too many wrong ones (exhausted).
    /// </exception>
    public Task ChangePasswordAsync(Caller caller, string present, string password, string? session) => audit.RunAsync(caller, AuditVerb.SetPassword, async action =>
    {
        var account = DemandPerson(caller);
        action.On(Target(account));
        _throttle.Check(caller.Address, account.Username);
        var known = store.Read(db => AccountTable.ById(db, account.Id) is null ? throw Unknown() : AccountTable.PasswordHash(db, account.Id));
        if (!await SecretQueue.People.MatchesAsync(present, known))
        {
            _throttle.Failed(caller.Address, account.Username);
            throw new FarmException(ErrorKind.Forbidden, "the present password is wrong");
        }

        _throttle.Succeeded(caller.Address, account.Username);
        if (password == present) throw FarmException.Invalid("the new password is the present one; choose another one");
        if (PasswordRules.WhyNotAllowed(account.Username, password) is { } wrong) throw FarmException.Invalid(wrong);
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        await store.WriteAsync(tx =>
        {
            Existing(tx, account.Id);
            // Or a slower change would undo a reset by an administrator.
            if (AccountTable.PasswordHash(tx.Db, account.Id) != known) throw FarmException.Conflict("the password was changed meanwhile; try again");
            Store(tx, account.Id, hash);
            SessionTable.RemoveOthers(tx.Db, account.Id, session is null ? [] : SessionTokens.Hash(session));
            action.Record(tx);
        });
        log.LogInformation("{Username} changed their password", account.Username);
    });

    /// <summary>Makes an account for somebody who chooses its password with the code, until which it cannot sign in.</summary>
    /// <exception cref="FarmException">The caller may not, the name is taken, or a value is not allowed.</exception>
    public async Task<NewPasswordCode> InviteAsync(Caller caller, string username, Role role)
    {
        var made = await audit.WriteAsync(caller, AuditVerb.InviteAccount, (tx, action) =>
        {
            caller.Demand(Permission.ManagePeople);
            if (AccountRules.WhyNameNotAllowed(username) is { } wrong) throw FarmException.Invalid(wrong);
            if (AccountTable.ByName(tx.Db, username) is not null) throw Taken();
            var uuid = Guid.CreateVersion7(time.GetUtcNow());
            var id = AccountTable.Insert(tx.Db, uuid, username, SecretHash.OfNobodysPassword, isActive: false, role, tx.Now);
            action.On("account", uuid, username);
            action.Change(null, $"{role.Name()}, invited");
            return MakeCode(tx, Existing(tx, id), isInvitation: true);
        });
        log.LogInformation("{Username} was invited as {Role}", username, role.Name());
        return made;
    }

    /// <summary>
    /// Makes a code with which the owner of an account sets a new password; an older one stops working. Until it is used, nothing else changes.
    /// </summary>
    /// <exception cref="FarmException">The caller may not, or the account does not exist or is the caller's own.</exception>
    public async Task<NewPasswordCode> MakePasswordCodeAsync(Caller caller, long id)
    {
        var made = await audit.WriteAsync(caller, AuditVerb.MakePasswordCode, (tx, action) =>
        {
            var account = Asked(tx, id, action, () =>
            {
                caller.Demand(Permission.ManagePeople);
                DemandOthers(caller, id);
            });
            return MakeCode(tx, account, PasswordCodeTable.Of(tx.Db, id) is { IsInvitation: true });
        });
        log.LogInformation("A code to set the password of {Username} was made", made.Account.Username);
        return made;
    }

    /// <summary>Sets the password of an account with its code, which is then used up, and ends its sessions. Who was invited may sign in.</summary>
    /// <exception cref="FarmException">
    /// The code is wrong, used or expired (forbidden), the password is not allowed, which leaves the code (invalid), or the machine has tried too many wrong ones (exhausted).
    /// </exception>
    public Task<Account> UsePasswordCodeAsync(Caller caller, string code, string password) => audit.RunAsync(caller, AuditVerb.SetPassword, async action =>
    {
        _throttle.Check(caller.Address, PasswordCodes.ThrottleName);
        var codeHash = PasswordCodes.Hash(code);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var found = store.Read(db => PasswordCodeTable.ByHash(db, codeHash, now) is { } known ? AccountTable.ById(db, known.AccountId) : null);
        if (found is null)
        {
            _throttle.Failed(caller.Address, PasswordCodes.ThrottleName);
            throw WrongCode();
        }

        action.On(Target(found));
        if (PasswordRules.WhyNotAllowed(found.Username, password) is { } wrong) throw FarmException.Invalid(wrong);
        var hash = await SecretQueue.People.MakeAsync(SecretHash.MakePassword, password);
        var account = await store.WriteAsync(tx =>
        {
            // Read anew: two may use it at the same time.
            var known = PasswordCodeTable.ByHash(tx.Db, codeHash, tx.Now) ?? throw WrongCode();
            var present = Existing(tx, known.AccountId);
            Store(tx, present.Id, hash);
            SessionTable.RemoveAll(tx.Db, present.Id);
            if (known.IsInvitation)
            {
                AccountTable.SetAccess(tx.Db, present.Id, true, present.Role);
                if (present.Role == Role.Administrator) SetupCode.Forget(tx, store);
            }

            action.Change(null, known.IsInvitation ? "invitation used" : "code used");
            action.Record(tx);
            return Existing(tx, present.Id);
        });
        log.LogInformation("{Username} has a new password", account.Username);
        return account;
    });

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
            Store(tx, id, hash);
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
            PasswordCodeTable.Remove(tx.Db, id);
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
        // A token is for a tool, which must not lock its owner out.
        if (caller.Account?.Id != id || caller.Token is not null) caller.Demand(Permission.ManagePeople);
    }

    /// <summary>Whoever is signed in must show their present password, also an administrator: an open page of theirs is not enough.</summary>
    private static void DemandOthers(Caller caller, long id)
    {
        if (caller.Account?.Id == id) throw new FarmException(ErrorKind.Forbidden, "to change your own password, give the present one: on the page /me, or with PUT /api/farm/v1/me/password");
    }

    private static Account DemandPerson(Caller caller) => caller switch
    {
        { Token: not null } => throw new FarmException(ErrorKind.Forbidden, "a token cannot change a password; sign in"),
        { Account: { } account } => account,
        _ => throw new FarmException(ErrorKind.Forbidden, "sign in to change your password"),
    };

    /// <summary>A new password also uses up a code that somebody else may have.</summary>
    private static void Store(WriteTransaction tx, long id, string hash)
    {
        AccountTable.SetPassword(tx.Db, id, hash);
        PasswordCodeTable.Remove(tx.Db, id);
    }

    private static NewPasswordCode MakeCode(WriteTransaction tx, Account account, bool isInvitation)
    {
        var (code, expires) = (PasswordCodes.New(), tx.Now + (long)PasswordCodes.Lifetime.TotalMilliseconds);
        PasswordCodeTable.Set(tx.Db, account.Id, PasswordCodes.Hash(code), isInvitation, expires);
        return new NewPasswordCode(account, code, DateTimeOffset.FromUnixTimeMilliseconds(expires));
    }

    private static FarmException WrongCode() => new(ErrorKind.Forbidden, "this code is wrong, used or expired; ask an administrator for another one");

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
