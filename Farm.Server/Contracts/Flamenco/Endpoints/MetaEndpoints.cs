using System.Text.Json.Nodes;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Flamenco.OpenApi;
using Farm.Server.Domain;
using Farm.Server.JobTypes;
using Farm.Server.Operations;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Version, status and job types of the farm (Contracts/Flamenco/Contract.md sections 6.1 and 7.1).</summary>
internal sealed class MetaEndpoints(IFarmConfiguration farm, JobTypeRegistry types, FarmStatusQuery status)
{
    private static readonly string Farm = typeof(MetaEndpoints).Assembly.GetName().Version!.ToString(3);

    /// <summary>getVersion.</summary>
    public Task VersionAsync(HttpContext context)
    {
        return context.RespondAsync(
            new VersionMessage($"{farm.AdvertisedVersion} (Farm {Farm})", farm.AdvertisedVersion, farm.ManagerName, $"farm-{Farm}"),
            FlamencoJson.Default.VersionMessage);
    }

    /// <summary>The OpenAPI document of the mapped routes.</summary>
    public RequestDelegate OpenApi(FlamencoRoutes served) => context =>
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var root = context.Request.PathBase + route[..route.LastIndexOf('/')];
        return context.RespondAsync(OpenApiDocument.Write(served.Mapped, farm.ManagerName, root), FlamencoJson.Default.JsonObject);
    };

    /// <summary>getFarmStatus.</summary>
    public Task StatusAsync(HttpContext context) =>
        context.RespondAsync(new FarmStatusMessage(status.Read().Name()), FlamencoJson.Default.FarmStatusMessage);

    /// <summary>getJobTypes.</summary>
    public Task JobTypesAsync(HttpContext context) => context.RespondAsync(
        new JobTypesMessage(new JsonArray([.. types.All.Select(type => JobTypeJson.Write(type.Info))])), FlamencoJson.Default.JobTypesMessage);

    /// <summary>getJobType.</summary>
    public Task JobTypeAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        var type = types.Find(name) ?? throw FarmException.NotFound($"no such job type: \"{name}\"");
        return context.RespondAsync(JobTypeJson.Write(type.Info), FlamencoJson.Default.JsonObject);
    }
}
