using Farm.Server.Contracts.FlowServ.Messages;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>The service descriptor (Contracts/FlowServ/Contract.md section 3).</summary>
internal sealed class ServiceEndpoints(FlowServAuthentication authentication, IFarmConfiguration farm)
{
    private const string Version = "0.9.4";

    /// <summary>The route ids and patterns that clients expect.</summary>
    private static readonly RouteMessage[] Routes =
    [
        new("service", ""),
        new("workflows:list", "workflows"),
        new("workflows:get", "workflows/{workflowId}"),
        new("workflows:groups", "workflows/{workflowId}/groups"),
        new("workflows:download:archive", "workflows/{workflowId}/downloads/archive"),
        new("workflows:download:file", "workflows/{workflowId}/downloads/files/{fileId}"),
        new("leaderboard", "workflows/{workflowId}/leaderboard?orderBy={orderBy}&includeAll={includeAll}"),
        new("groups:list", "groups"),
        new("groups:create", "workflows/{workflowId}/groups"),
        new("groups:get", "groups/{userGroupId}"),
        new("groups:update", "groups/{userGroupId}"),
        new("groups:delete", "groups/{userGroupId}"),
        new("groups:runs", "groups/{userGroupId}/runs?state={state}"),
        new("runs:start", "groups/{userGroupId}/runs"),
        new("runs:get", "runs/{runId}"),
        new("runs:cancel", "runs/{runId}"),
        new("runs:delete", "runs/{runId}"),
        new("runs:download:archive", "runs/{runId}/downloads/archive"),
        new("runs:download:file", "runs/{runId}/downloads/files/{fileId}"),
        new("files:list", "uploads/{userGroupId}/files"),
        new("files:upload", "uploads/{userGroupId}/files"),
        new("files:download", "uploads/{userGroupId}/files/{fileId}"),
        new("files:delete", "uploads/{userGroupId}/files/{fileId}"),
        new("users:list", "users"),
        new("users:register", "users/register"),
        new("users:activate", "users/activate"),
        new("users:login", "users/login"),
        new("users:logout", "users/logout"),
        new("users:whoami", "users/whoami"),
        new("users:pwd:request", "users/password/request"),
        new("users:pwd:reset", "users/password/reset"),
    ];

    /// <summary>The descriptor, with the URL of the request.</summary>
    public Task DescribeAsync(HttpContext context)
    {
        var request = context.Request;
        var url = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}".TrimEnd('/');
        var message = new ServiceMessage(farm.ManagerName, Version, url, Routes, authentication.Optional(context)?.Username);
        return context.RespondAsync(message, FlowServJson.Wire.ServiceMessage);
    }
}
