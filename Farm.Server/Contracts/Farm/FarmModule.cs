using System.Net.Mime;
using Farm.Server.Contracts.Farm.Endpoints;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations;

namespace Farm.Server.Contracts.Farm;

/// <summary>The farm's own API, for calls that no other protocol has (Contracts/Farm/Contract.md).</summary>
internal sealed class FarmModule : IProtocolModule
{
    /// <summary>The path prefix of its routes.</summary>
    public const string Base = "/api/farm/v1";

    /// <inheritdoc/>
    public string Name => "farm";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, ModuleContext context) => services
        .AddSingleton(new FarmApiAddress(context.Contract.IsEnabled ? context.Contract.Prefix + Base : null))
        .AddSingleton<IdentityEndpoints>()
        .AddSingleton<AccountEndpoints>()
        .AddSingleton<ArtifactEndpoints>()
        .AddSingleton<TaskFileEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var farm = routes.MapGroup(Base).WithMetadata(new FarmErrors()).Wrap(FarmErrors.Wrap);
        MapForAdministrators(farm.MapGroup("").AddEndpointFilter<AdministratorOnly>(), services);
        MapArtifacts(farm.MapGroup(""), services.GetRequiredService<ArtifactEndpoints>());
        MapTaskFiles(
            farm.MapGroup("").Wrap(services.GetRequiredService<WorkerCredentials>().Wrap), services.GetRequiredService<TaskFileEndpoints>());
        farm.MapGet("/identity", services.GetRequiredService<IdentityEndpoints>().ReadAsync).WithMetadata(
            new RouteDescription("Which farm this is (?worker=UUID&nonce=HEX for the proof).") { Answer = typeof(IdentityMessage), Refusals = [400] });
        MapDocument(farm.MapGroup(""));
    }

    private static void MapDocument(RouteGroupBuilder farm)
    {
        farm.MapGet("/openapi3.json", (RequestDelegate)DescribeAsync).WithMetadata(new RouteDescription("This document.") { Media = MediaTypeNames.Application.Json });
        // Not MapFallback, which leaves out paths that look like files.
        farm.Map("/{**path}", () => Error(StatusCodes.Status404NotFound, "no such path"));
    }

    private static void MapForAdministrators(RouteGroupBuilder farm, IServiceProvider services)
    {
        farm.MapPost("/backup", MakeBackupAsync).WithMetadata(
            new RouteDescription("Copy the database.") { Access = RouteDescription.Administrator, Answer = typeof(BackupMessage), Refusals = [401, 503] });
        MapAccounts(farm, services.GetRequiredService<AccountEndpoints>());
        foreach (var part in services.GetServices<IFarmApiExtension>()) part.MapForAdministrators(farm);
    }

    private static RouteDescription Change(string meaning) =>
        new(meaning) { Access = RouteDescription.Administrator, Status = StatusCodes.Status204NoContent, Refusals = [401, 404] };

    private static void MapAccounts(RouteGroupBuilder farm, AccountEndpoints accounts)
    {
        farm.MapGet("/accounts", accounts.List).WithMetadata(
            new RouteDescription("List the accounts of people.") { Access = RouteDescription.Administrator, Answer = typeof(AccountsMessage), Refusals = [401] });
        farm.MapPost("/accounts/{account}/activate", accounts.ActivateAsync).WithMetadata(new RouteDescription("Allow an account to sign in.")
        {
            Access = RouteDescription.Administrator,
            Answer = typeof(AccountMessage),
            Refusals = [401, 404],
        });
        farm.MapPost("/accounts", (Delegate)accounts.AddAsync).WithMetadata(new RouteDescription("Add an account.")
        {
            Access = RouteDescription.Administrator,
            Body = typeof(NewAccountMessage),
            Answer = typeof(AccountMessage),
            Status = StatusCodes.Status201Created,
            Refusals = [400, 401, 409],
        });
        farm.MapPut("/accounts/{account}/password", accounts.SetPasswordAsync).WithMetadata(
            Change("Set the password of an account and end its sessions.") with { Body = typeof(PasswordMessage), Refusals = [400, 401, 404] });
        farm.MapPut("/accounts/{account}/role", accounts.SetRoleAsync).WithMetadata(
            Change("Set the role of an account.") with { Body = typeof(RoleMessage), Refusals = [400, 401, 404, 409] });
        farm.MapPost("/accounts/{account}/sign-out", accounts.SignOutAsync).WithMetadata(Change("End all sessions of an account."));
        farm.MapDelete("/accounts/{account}", accounts.RemoveAsync).WithMetadata(Change("Remove an account.") with { Refusals = [401, 404, 409] });
    }

    private static void MapArtifacts(RouteGroupBuilder farm, ArtifactEndpoints artifacts)
    {
        farm.MapGet("/jobs/{job}/artifacts", artifacts.OfJobAsync).WithMetadata(
            new RouteDescription("List the files that tasks of a job produced (?limit=1000&offset=0).") { Answer = typeof(ArtifactsMessage), Refusals = [400, 404] });
        farm.MapGet("/jobs/{job}/artifacts.tar.gz", artifacts.FetchAllAsync).WithMetadata(
            new RouteDescription("Fetch all of them as one archive.") { Media = MediaTypeNames.Application.GZip, Refusals = [404] });
        farm.MapGet("/tasks/{task}/artifacts", artifacts.OfTaskAsync).WithMetadata(
            new RouteDescription("List the files that a task produced.") { Answer = typeof(ArtifactsMessage), Refusals = [404] });
        farm.MapGet("/tasks/{task}/messages", artifacts.MessagesAsync).WithMetadata(
            new RouteDescription("The messages of the worker that failed a task.") { Answer = typeof(TaskMessagesMessage), Refusals = [404] });
        farm.MapMethods("/artifacts/{artifact}", [HttpMethods.Get, HttpMethods.Head], artifacts.FetchAsync).WithMetadata(
            new RouteDescription("Fetch a file, whole or a range of it.") { Media = MediaTypeNames.Application.Octet, Refusals = [404] });
    }

    private static void MapTaskFiles(RouteGroupBuilder worker, TaskFileEndpoints files)
    {
        worker.MapGet("/tasks/{task}/files/{sha256}", files.DownloadAsync).WithMetadata(
            new RouteDescription("Fetch an input file that the task's commands name by its hash.")
            {
                Access = RouteDescription.Worker,
                Media = MediaTypeNames.Application.Octet,
                Refusals = [403, 404, 409],
            });
        // The settings limit the size; files are streamed to disk.
        worker.MapPut("/tasks/{task}/artifacts/{**path}", files.UploadAsync).WithBodyLimit(null).WithMetadata(
            new RouteDescription("Send a file that the task produced.")
            {
                Access = RouteDescription.Worker,
                TakesBytes = true,
                Answer = typeof(UploadedMessage),
                Refusals = [400, 403, 404, 409, 413, 503],
            });
        worker.MapPut("/tasks/{task}/messages", files.SetMessagesAsync).WithBodyLimit(TaskFileEndpoints.MaxMessagesBytes).WithMetadata(
            new RouteDescription("Set the messages to show if the attempt fails.")
            {
                Access = RouteDescription.Worker,
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

    private static async Task<IResult> MakeBackupAsync(HttpContext context, Backups backups)
    {
        try
        {
            var backup = await backups.MakeAsync(context.Caller());
            return Results.Json(new BackupMessage(backup.File, backup.Bytes), FarmJson.Default.BackupMessage);
        }
        catch (FarmException error)
        {
            return Error(StatusCodes.Status503ServiceUnavailable, error.Message);
        }
    }

    /// <summary>An error in the form of this protocol.</summary>
    internal static IResult Error(int status, string message) =>
        Results.Json(new ErrorMessage(message), FarmJson.Default.ErrorMessage, statusCode: status);
}
