using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Accounts;
using Microsoft.AspNetCore.SignalR;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Closes pages that are open when their session ends, where only people with an account may look. A page reports what it has drawn, so one that
/// nobody touches is looked at too.
/// </summary>
internal sealed class PageAccessFilter(FarmAccess access, Sessions sessions, TimeProvider time) : IHubFilter
{
    /// <summary>How long an answer is good for, so that a page that draws all the time does not ask the database each time.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(5);

    private static readonly object Key = new();

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (await MayLookAsync(invocation.Context)) return await next(invocation);
        invocation.Context.Abort();
        throw new HubException("the session has ended; sign in");
    }

    private async ValueTask<bool> MayLookAsync(HubCallerContext page)
    {
        if (!access.IsClosed) return true;
        if (page.Items.TryGetValue(Key, out var at) && time.GetElapsedTime((long)at!) < Trusted) return true;
        var caller = await Task.Run(() => DashboardPeople.Identify(page.User, access, sessions));
        page.Items[Key] = time.GetTimestamp();
        return caller.May(Permission.Look);
    }
}
