using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.SignalR;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Counts the connections of pages, and closes those beyond the limits before anything is made for them.</summary>
internal sealed class OpenPagesFilter(OpenPages pages, ILogger<OpenPagesFilter> log) : IHubFilter
{
    /// <inheritdoc/>
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var address = context.Context.GetHttpContext() is { } http ? ClientAddress.Of(http) : "";
        if (pages.Open(context.Context.ConnectionId, address) is { } full)
        {
            log.LogWarning("Refused a page: {Reason}", full);
            throw new HubException(full);
        }

        try
        {
            await next(context);
        }
        catch
        {
            // Of a connection that failed at once, no end is told.
            pages.Close(context.Context.ConnectionId);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        finally
        {
            pages.Close(context.Context.ConnectionId);
        }
    }
}
