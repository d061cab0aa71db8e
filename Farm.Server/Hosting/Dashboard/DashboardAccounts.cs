using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The people of the farm for the dashboard.</summary>
internal sealed class DashboardAccounts(FarmAccounts accounts, People people, Tokens tokens, DashboardPeople visitor, TimeProvider time) : IFarmAccounts
{
    /// <inheritdoc/>
    public async Task<PeopleList?> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await visitor.CallerAsync();
        if (!caller.May(Permission.ManagePeople)) return null;
        var now = time.GetUtcNow();
        return await Task.Run(
            () =>
            {
                var byOwner = tokens.All(caller).ToLookup(token => token.AccountId);
                return new PeopleList([.. people.All(caller).Select(person => AccountRows.Row(person, byOwner[person.Account.Id], now))], caller.Account?.Username);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddAsync(string username, string password, AccountRole role, CancellationToken cancellationToken) =>
        visitor.ActAsync("Nobody was added", cancellationToken, caller => accounts.AddAsync(caller, username, password, role.As<Role>()));

    /// <inheritdoc/>
    public Task<PasswordCodeShown> InviteAsync(string username, AccountRole role, CancellationToken cancellationToken) =>
        visitor.ActAsync("Nobody was invited", cancellationToken, async caller => Shown(await accounts.InviteAsync(caller, username, role.As<Role>())));

    /// <inheritdoc/>
    public Task ActivateAsync(Guid id, CancellationToken cancellationToken) =>
        visitor.ActAsync("The account was not activated", cancellationToken, caller => accounts.ActivateAsync(caller, id));

    /// <inheritdoc/>
    public Task SetRoleAsync(Guid id, AccountRole role, CancellationToken cancellationToken) =>
        ActAsync(id, "The role was not changed", cancellationToken, (caller, account) => accounts.SetRoleAsync(caller, account, role.As<Role>()));

    /// <inheritdoc/>
    public Task SetPasswordAsync(Guid id, string password, CancellationToken cancellationToken) =>
        ActAsync(id, "The password was not set", cancellationToken, (caller, account) => accounts.SetPasswordAsync(caller, account, password));

    /// <inheritdoc/>
    public Task<PasswordCodeShown> MakeCodeAsync(Guid id, CancellationToken cancellationToken) => visitor.ActAsync(
        "No code was made", cancellationToken, async caller => Shown(await accounts.MakePasswordCodeAsync(caller, IdOf(id))));

    /// <inheritdoc/>
    public Task EndSessionsAsync(Guid id, CancellationToken cancellationToken) =>
        ActAsync(id, "The sessions were not ended", cancellationToken, accounts.EndSessionsAsync);

    /// <inheritdoc/>
    public Task RemoveTokenAsync(long id, CancellationToken cancellationToken) =>
        visitor.ActAsync("The token was not revoked", cancellationToken, caller => tokens.RemoveAsync(caller, id));

    /// <inheritdoc/>
    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => ActAsync(id, "The account was not removed", cancellationToken, accounts.RemoveAsync);

    private Task ActAsync(Guid id, string notDone, CancellationToken cancellationToken, Func<Caller, long, Task> action) =>
        visitor.ActAsync(notDone, cancellationToken, caller => action(caller, IdOf(id)));

    private long IdOf(Guid id) => accounts.Find(id)?.Id ?? throw FarmException.NotFound("this account does not exist any more");

    private static PasswordCodeShown Shown(NewPasswordCode made) => new(made.Account.Username, made.Code, made.ExpiresAt);
}
