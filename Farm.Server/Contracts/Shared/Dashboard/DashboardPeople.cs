using Farm.Dashboard.Ports;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Farm.Server.Contracts.Shared.Dashboard;

/// <summary>The person who is signed in on the dashboard.</summary>
internal sealed class DashboardPeople(AuthenticationStateProvider circuit, Sessions sessions) : IFarmPeople
{
    /// <summary>The claim of a circuit's user that holds the session token.</summary>
    public const string Claim = "farm-session";

    /// <inheritdoc/>
    public async Task<Visitor?> ReadVisitorAsync(CancellationToken cancellationToken) =>
        await AccountAsync() is { } account ? new Visitor(account.Username, account.IsAdministrator) : null;

    /// <summary>The current account of the visitor; null when nobody is signed in. Not read on the caller's thread, which may be that of a circuit.</summary>
    public async Task<Account?> AccountAsync() =>
        (await circuit.GetAuthenticationStateAsync()).User.FindFirst(Claim) is { } claim ? await Task.Run(() => sessions.Find(claim.Value)) : null;
}
