using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The visitor's own account for the dashboard.</summary>
internal sealed class DashboardOwnAccount(FarmAccounts accounts, OwnSessions sessions, Tokens tokens, DashboardPeople visitor, TimeProvider time) : IOwnAccount
{
    /// <inheritdoc/>
    public async Task<OwnAccount?> ReadAsync(CancellationToken cancellationToken)
    {
        var caller = await visitor.CallerAsync();
        if (caller.Account is not { } account) return null;
        var (session, now) = (await visitor.SessionAsync(), time.GetUtcNow());
        return await Task.Run(
            () => new OwnAccount(
                account.Username,
                account.Role.As<AccountRole>(),
                AccountRows.Time(account.CreatedAt),
                [.. sessions.All(caller, session).Select(AccountRows.Row)],
                [.. tokens.Own(caller).Select(token => AccountRows.Row(token, now))],
                [.. RoleNames.OfTokens.Where(role => Tokens.MayMake(caller, role)).Select(role => role.Name())]),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ChangePasswordAsync(string present, string password, CancellationToken cancellationToken)
    {
        var session = await visitor.SessionAsync();
        await visitor.ActAsync("The password was not changed", cancellationToken, caller => accounts.ChangePasswordAsync(caller, present, password, session));
    }

    /// <inheritdoc/>
    public Task EndSessionAsync(long id, CancellationToken cancellationToken) =>
        visitor.ActAsync("The session was not ended", cancellationToken, caller => sessions.EndAsync(caller, id));

    /// <inheritdoc/>
    public async Task EndOtherSessionsAsync(CancellationToken cancellationToken)
    {
        var session = await visitor.SessionAsync();
        await visitor.ActAsync("The sessions were not ended", cancellationToken, caller => sessions.EndOthersAsync(caller, session));
    }

    /// <inheritdoc/>
    public Task EndAllSessionsAsync(CancellationToken cancellationToken) =>
        visitor.ActAsync("The sessions were not ended", cancellationToken, caller => sessions.EndOthersAsync(caller, current: null));

    /// <inheritdoc/>
    public Task<string> MakeTokenAsync(string name, string role, long? projectId, int? days, CancellationToken cancellationToken) => visitor.ActAsync(
        "No token was made",
        cancellationToken,
        async caller => (await tokens.MakeAsync(
            caller, name, RoleNames.ParseOfToken(role) ?? throw FarmException.Invalid("unknown role"), projectId, days is { } limited ? TimeSpan.FromDays(limited) : null)).Secret);

    /// <inheritdoc/>
    public Task RemoveTokenAsync(long id, CancellationToken cancellationToken) =>
        visitor.ActAsync("The token was not revoked", cancellationToken, caller => tokens.RemoveAsync(caller, id));

    /// <inheritdoc/>
    public Task RemoveAsync(CancellationToken cancellationToken) => visitor.ActAsync(
        "The account was not removed",
        cancellationToken,
        caller => accounts.RemoveAsync(caller, caller.Account?.Id ?? throw new FarmException(ErrorKind.Forbidden, "you are not signed in any more")));
}
