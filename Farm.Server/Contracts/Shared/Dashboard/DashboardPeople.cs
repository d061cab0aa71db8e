using System.Security.Claims;
using Farm.Dashboard.Ports;
using Farm.Server.Domain;
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

    /// <summary>The token of the session through which the visitor looks; null without one.</summary>
    public async Task<string?> SessionAsync() => (await UserAsync()).FindFirst(Claim)?.Value;

    /// <summary>Has the visitor do something, not on the thread of their circuit.</summary>
    /// <param name="notDone">What has not happened if it is refused, such as <c>The role was not changed</c>.</param>
    /// <param name="cancellationToken">Cancels it before it begins.</param>
    /// <param name="action">The operation.</param>
    /// <exception cref="FarmActionException">It was refused, and changed nothing.</exception>
    public async Task<T> ActAsync<T>(string notDone, CancellationToken cancellationToken, Func<Caller, Task<T>> action)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var caller = await CallerAsync();
            return await Task.Run(() => action(caller), CancellationToken.None);
        }
        catch (FarmException error)
        {
            throw new FarmActionException($"{notDone}: {error.Message}.");
        }
    }

    /// <inheritdoc cref="ActAsync{T}"/>
    public Task ActAsync(string notDone, CancellationToken cancellationToken, Func<Caller, Task> action) => ActAsync(notDone, cancellationToken, async caller =>
    {
        await action(caller);
        return true;
    });

    private async Task<ClaimsPrincipal> UserAsync() => (await circuit.GetAuthenticationStateAsync()).User;
}
