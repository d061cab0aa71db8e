using System.Security.Claims;
using Farm.Server.Contracts.Shared.Dashboard;
using Microsoft.AspNetCore.Components.Authorization;

namespace Farm.Tests.Support;

/// <summary>The person behind a page.</summary>
/// <param name="session">The session; null for nobody.</param>
/// <param name="address">The address of the machine; null for the server's own.</param>
internal sealed class Circuit(string? session, string? address) : AuthenticationStateProvider
{
    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(Claims()))));

    private IEnumerable<Claim> Claims()
    {
        yield return new Claim(DashboardPeople.AddressClaim, address ?? "127.0.0.1");
        if (address is null) yield return new Claim(DashboardPeople.LocalClaim, "");
        if (session is not null) yield return new Claim(DashboardPeople.Claim, session);
    }
}
