using System.Net.Mime;
using Farm.Server.Contracts.Farm.Endpoints;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Farm;

/// <summary>The farm's own protocol, for what no other one has. See Contract.md beside this file.</summary>
internal sealed class FarmModule : IProtocolModule
{
    /// <summary>Where its paths begin.</summary>
    public const string Base = "/api/farm/v1";

    /// <inheritdoc/>
    public string Name => "farm";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => services
        .AddSingleton(new FarmApiAddress(context.Contract.IsEnabled ? context.Contract.Prefix + Base : null))
        .AddSingleton<ArtifactEndpoints>()
        .AddSingleton<TaskFileEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var farm = routes.MapGroup(Base).WithMetadata(new FarmErrors()).Around(FarmErrors.Around);
        MapForAdministrators(farm.MapGroup("").AddEndpointFilter<AdministratorOnly>(), services);
        MapArtifacts(farm.MapGroup(""), services.GetRequiredService<ArtifactEndpoints>());
        MapTaskFiles(
            farm.MapGroup("").Around(services.GetRequiredService<WorkerCredentials>().Around), services.GetRequiredService<TaskFileEndpoints>());
        MapDocument(farm.MapGroup(""));
    }

    private static void MapDocument(RouteGroupBuilder farm)
    {
        farm.MapGet("/openapi3.json", (RequestDelegate)DescribeAsync).WithMetadata(new RouteNote("This document.") { Media = MediaTypeNames.Application.Json });
        farm.MapFallback(() => Refused(StatusCodes.Status404NotFound, "there is no such path here"));
    }

    private static void MapForAdministrators(RouteGroupBuilder farm, IServiceProvider services)
    {
        farm.MapPost("/backup", MakeBackupAsync).WithMetadata(
            new RouteNote("Copy the database.") { Access = RouteNote.Administrator, Answer = typeof(BackupMessage), Refusals = [401, 503] });
        foreach (var part in services.GetServices<IFarmApiPart>()) part.MapForAdministrators(farm);
    }

    private static void MapArtifacts(RouteGroupBuilder farm, ArtifactEndpoints artifacts)
    {
        farm.MapGet("/jobs/{job}/artifacts", artifacts.OfJobAsync).WithMetadata(
            new RouteNote("List the files that tasks of a job produced (?limit=1000&offset=0).") { Answer = typeof(ArtifactsMessage), Refusals = [400, 404] });
        farm.MapGet("/jobs/{job}/artifacts.tar.gz", artifacts.FetchAllAsync).WithMetadata(
            new RouteNote("Fetch all of them as one archive.") { Media = MediaTypeNames.Application.GZip, Refusals = [404] });
        farm.MapGet("/tasks/{task}/artifacts", artifacts.OfTaskAsync).WithMetadata(
            new RouteNote("List the files that a task produced.") { Answer = typeof(ArtifactsMessage), Refusals = [404] });
        farm.MapGet("/tasks/{task}/messages", artifacts.MessagesAsync).WithMetadata(
            new RouteNote("What the worker that failed a task left to be read.") { Answer = typeof(TaskMessagesMessage), Refusals = [404] });
        farm.MapMethods("/artifacts/{artifact}", [HttpMethods.Get, HttpMethods.Head], artifacts.FetchAsync).WithMetadata(
            new RouteNote("Fetch a file, whole or a range of it.") { Media = MediaTypeNames.Application.Octet, Refusals = [404] });
    }

    private static void MapTaskFiles(RouteGroupBuilder worker, TaskFileEndpoints files)
    {
        worker.MapGet("/tasks/{task}/files/{sha256}", files.DownloadAsync).WithMetadata(
            new RouteNote("Fetch a file that the commands of the task name by its hash.")
            {
                Access = RouteNote.Worker,
                Media = MediaTypeNames.Application.Octet,
                Refusals = [403, 404, 409],
            });
        // Files are as long as the settings allow; they go to disk while they come.
        worker.MapPut("/tasks/{task}/artifacts/{**path}", files.UploadAsync).WithBodyLimit(null).WithMetadata(
            new RouteNote("Send a file that the task produced.")
            {
                Access = RouteNote.Worker,
                TakesBytes = true,
                Answer = typeof(UploadedMessage),
                Refusals = [400, 403, 404, 409, 413, 503],
            });
        worker.MapPut("/tasks/{task}/messages", files.SetMessagesAsync).WithBodyLimit(TaskFileEndpoints.LongestMessages).WithMetadata(
            new RouteNote("Leave what people shall read once the task has failed.")
            {
                Access = RouteNote.Worker,
                Body = typeof(TaskMessagesMessage),
                Status = StatusCodes.Status204NoContent,
                Refusals = [400, 403, 404, 409, 413],
            });
    }

    private static Task DescribeAsync(HttpContext context)
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var root = $"/{route[..route.LastIndexOf('/')].TrimStart('/')}";
        var endpoints = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(OpenApi.Write(endpoints, root).ToJsonString(), context.RequestAborted);
    }

    private static async Task<IResult> MakeBackupAsync(Backups backups)
    {
        try
        {
            var backup = await backups.MakeAsync();
            return Results.Json(new BackupMessage(backup.File, backup.Bytes), FarmJson.Default.BackupMessage);
        }
        catch (FarmException error)
        {
            return Refused(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }

    /// <summary>A refusal in the form of this protocol.</summary>
    internal static IResult Refused(int status, string reason) =>
        Results.Json(new ErrorMessage(reason), FarmJson.Default.ErrorMessage, statusCode: status);
}
