using Farm.Server.Contracts.TaskTracker.Messages;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Name and version of the service (Contracts/TaskTracker/Contract.md section 4.1).</summary>
internal sealed class IndexEndpoints
{
    private static readonly ServiceMessage Self = new("farm", typeof(IndexEndpoints).Assembly.GetName().Version!.ToString(3));

    /// <summary><c>GET /</c></summary>
    public Task GetAsync(HttpContext context) => context.RespondContentAsync(Self, PeopleJson.Default.ServiceMessage);
}
