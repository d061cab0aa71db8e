using System.Net.Mime;
using Farm.Server.Contracts.Farm.Endpoints;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Farm;

/// <summary>The farm's own protocol, for what no other one has. See Contract.md beside this file.</summary>
internal static class FarmModule
{
    /// <summary>Where its paths begin.</summary>
    public const string Base = "/api/farm/v1";

    /// <summary>Adds what <see cref="Map"/> needs beside the operations of the farm.</summary>
    public static IServiceCollection AddFarmContract(this IServiceCollection services) => services
        .AddSingleton<ArtifactEndpoints>()
        .AddSingleton<TaskFileEndpoints>();

    /// <summary>Maps every route.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var farm = app.MapGroup(Base).WithMetadata(new FarmErrors());
        farm.MapPost("/backup", MakeBackup).AddEndpointFilter<AdministratorOnly>().WithMetadata(
            new RouteNote("Copy the database.") { Access = RouteNote.Administrator, Answer = typeof(BackupMessage), Refusals = [401, 503] });
        WorkflowEndpoints.Map(farm);
        MapArtifacts(farm, app.ServiceProvider.GetRequiredService<ArtifactEndpoints>());
        MapTaskFiles(farm, app.ServiceProvider);
        farm.MapGet("/openapi3.json", (RequestDelegate)Describe).WithMetadata(new RouteNote("This document.") { Media = MediaTypeNames.Application.Json });
        farm.MapFallback(() => Refused(StatusCodes.Status404NotFound, "there is no such path here"));
    }

    private static void MapArtifacts(RouteGroupBuilder farm, ArtifactEndpoints artifacts)
    {
        var listed = new RouteNote("List the files that tasks of a job produced (?limit=1000&offset=0).") { Answer = typeof(ArtifactsMessage), Refusals = [400, 404] };
        farm.MapGet("/jobs/{job}/artifacts", FarmErrors.Around(artifacts.OfJob)).WithMetadata(listed);
        farm.MapGet("/jobs/{job}/artifacts.tar.gz", FarmErrors.Around(artifacts.FetchAll)).WithMetadata(
            new RouteNote("Fetch all of them as one archive.") { Media = MediaTypeNames.Application.GZip, Refusals = [404] });
        farm.MapGet("/tasks/{task}/artifacts", FarmErrors.Around(artifacts.OfTask)).WithMetadata(
            new RouteNote("List the files that a task produced.") { Answer = typeof(ArtifactsMessage), Refusals = [404] });
        farm.MapGet("/tasks/{task}/messages", FarmErrors.Around(artifacts.Messages)).WithMetadata(
            new RouteNote("What the worker that failed a task left to be read.") { Answer = typeof(TaskMessagesMessage), Refusals = [404] });
        farm.MapMethods("/artifacts/{artifact}", [HttpMethods.Get, HttpMethods.Head], FarmErrors.Around(artifacts.Fetch)).WithMetadata(
            new RouteNote("Fetch a file, whole or a range of it.") { Media = MediaTypeNames.Application.Octet, Refusals = [404] });
    }

    private static void MapTaskFiles(RouteGroupBuilder farm, IServiceProvider services)
    {
        var files = services.GetRequiredService<TaskFileEndpoints>();
        var worker = services.GetRequiredService<WorkerCredentials>();
        farm.MapGet("/tasks/{task}/files/{sha256}", FarmErrors.Around(worker.Around(files.Download))).WithMetadata(
            new RouteNote("Fetch a file that the commands of the task name by its hash.")
            {
                Access = RouteNote.Worker,
                Media = MediaTypeNames.Application.Octet,
                Refusals = [403, 404, 409],
            });
        // Files are as long as the settings allow; they go to disk while they come.
        farm.MapPut("/tasks/{task}/artifacts/{**path}", FarmErrors.Around(worker.Around(files.Upload))).WithBodyLimit(null).WithMetadata(
            new RouteNote("Send a file that the task produced.")
            {
                Access = RouteNote.Worker,
                TakesBytes = true,
                Answer = typeof(UploadedMessage),
                Refusals = [400, 403, 404, 409, 413, 503],
            });
        farm.MapPut("/tasks/{task}/messages", FarmErrors.Around(worker.Around(files.SetMessages))).WithBodyLimit(TaskFileEndpoints.LongestMessages)
            .WithMetadata(new RouteNote("Leave what people shall read once the task has failed.")
            {
                Access = RouteNote.Worker,
                Body = typeof(TaskMessagesMessage),
                Status = StatusCodes.Status204NoContent,
                Refusals = [400, 403, 404, 409, 413],
            });
    }

    private static Task Describe(HttpContext context)
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var root = $"/{route[..route.LastIndexOf('/')].TrimStart('/')}";
        var endpoints = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(OpenApi.Write(endpoints, root).ToJsonString(), context.RequestAborted);
    }

    private static async Task<IResult> MakeBackup(Backups backups)
    {
        try
        {
            var backup = await backups.Make();
            return Results.Json(new BackupMessage(backup.File, backup.Bytes), FarmJson.Default.BackupMessage);
        }
        catch (FarmException error)
        {
            return Refused(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }

    internal static IResult Refused(int status, string reason) =>
        Results.Json(new ErrorMessage(reason), FarmJson.Default.ErrorMessage, statusCode: status);
}
