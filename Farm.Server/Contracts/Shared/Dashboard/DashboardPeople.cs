using System.Security.Claims;
using Farm.Dashboard.Ports;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Microsoft.AspNetCore.Components.Authorization;

namespace Farm.Server.Contracts.Shared.Dashboard;

/// <summary>The person who looks at the dashboard, signed in or not.</summary>
internal sealed class DashboardPeople(AuthenticationStateProvider circuit, Sessions sessions, FarmAccess access) : IFarmPeople
{
    /// <summary>The claim of a circuit's user that holds the session token.</summary>
    public const string Claim = "farm-session";

    /// <summary>The claim that holds the address of the browser's machine.</summary>
    public const string AddressClaim = "farm-address";

    /// <summary>The claim that is there if the browser runs on the server's own machine.</summary>
    public const string LocalClaim = "farm-local";

    /// <inheritdoc/>
    public async Task<Visitor?> ReadVisitorAsync(CancellationToken cancellationToken) =>
        await AccountAsync() is { } account ? new Visitor(account.Username, account.IsAdministrator) : null;

    /// <inheritdoc/>
    public Task<bool> IsSetUpAsync(CancellationToken cancellationToken) => Task.Run(() => access.IsSetUp, cancellationToken);

    /// <summary>The current account of the visitor; null when nobody is signed in. Not read on the caller's thread, which may be that of a circuit.</summary>
    public async Task<Account?> AccountAsync() =>
        (await UserAsync()).FindFirst(Claim) is { } claim ? await Task.Run(() => sessions.Find(claim.Value)) : null;

    /// <summary>Who acts on the dashboard, as operations want to know it. Read anew for each action, because rights can change while a page is open.</summary>
    public async Task<Caller> CallerAsync()
    {
        var user = await UserAsync();
        return await Task.Run(() => Identify(user, access, sessions));
    }

    /// <inheritdoc/>
    public async Task<bool> MayLookAsync(CancellationToken cancellationToken) => !access.IsClosed || (await CallerAsync()).May(Permission.Look);

    /// <summary>Who a page's user is.</summary>
    public static Caller Identify(ClaimsPrincipal? user, FarmAccess access, Sessions sessions)
    {
        var account = user?.FindFirst(Claim) is { } session ? sessions.Find(session.Value) : null;
        return access.Identify(account, user?.FindFirst(AddressClaim)?.Value ?? "", user?.HasClaim(claim => claim.Type == LocalClaim) ?? false, Way.Page);
    }

    private async Task<ClaimsPrincipal> UserAsync() => (await circuit.GetAuthenticationStateAsync()).User;
}
