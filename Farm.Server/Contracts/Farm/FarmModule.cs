using System.Net.Mime;
using Farm.Server.Contracts.Farm.Endpoints;
using Farm.Server.Contracts.Farm.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;

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
        .AddSingleton<OwnAccountEndpoints>()
        .AddSingleton<TokenEndpoints>()
        .AddSingleton<WorkerEndpoints>()
        .AddSingleton<BackupEndpoints>()
        .AddSingleton<AuditEndpoints>()
        .AddSingleton<ArtifactEndpoints>()
        .AddSingleton<TaskFileEndpoints>();

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var farm = routes.MapGroup(Base).Needs(Permission.Look).WithMetadata(new FarmErrors()).Wrap(FarmErrors.Wrap);
        MapForAdministrators(farm.MapGroup(""), services);
        var signedIn = farm.MapGroup("").Allows(RouteAccess.Needs(Permission.MakeTokens) with { StatusForUnknown = StatusCodes.Status401Unauthorized });
        MapTokens(signedIn, services.GetRequiredService<TokenEndpoints>());
        MapOwnAccount(signedIn, services.GetRequiredService<OwnAccountEndpoints>());
        farm.MapPost("/workers/{worker}/approve", services.GetRequiredService<WorkerEndpoints>().ApproveAsync).Needs(Permission.ControlWorkers).WithMetadata(
            Change("Let a worker that somebody registered get tasks.") with { Access = RouteDescription.Account, Refusals = [403, 404] });
        MapArtifacts(farm.MapGroup(""), services.GetRequiredService<ArtifactEndpoints>());
        MapTaskFiles(
            farm.MapGroup("").Allows(RouteAccess.Worker).Wrap(services.GetRequiredService<WorkerCredentials>().Wrap), services.GetRequiredService<TaskFileEndpoints>());
        farm.MapGet("/identity", services.GetRequiredService<IdentityEndpoints>().ReadAsync).Allows(RouteAccess.Anyone).WithMetadata(
            new RouteDescription("Which farm this is (?worker=UUID&nonce=HEX for the proof).") { Answer = typeof(IdentityMessage), Refusals = [400] });
        farm.MapGet("/audit", (RequestDelegate)services.GetRequiredService<AuditEndpoints>().ReadAsync).Needs(Permission.ReadAudit).WithMetadata(
            new RouteDescription("What people did, newest first (?who=&verb=&target=&q=&result=&since=&until=&before=ID&limit=100&format=csv); for operators and administrators.")
            {
                Access = RouteDescription.Administrator,
                Answer = typeof(AuditMessage),
                Refusals = [400, 403],
            });
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
        MapBackups(farm.MapGroup("").Allows(ForAdministrators(Permission.ManageBackups)), services.GetRequiredService<BackupEndpoints>());
        var people = farm.MapGroup("").Allows(ForAdministrators(Permission.ManagePeople));
        MapAccounts(people, services.GetRequiredService<AccountEndpoints>());
        var workflows = farm.MapGroup("").Allows(ForAdministrators(Permission.ManageWorkflows));
        foreach (var part in services.GetServices<IFarmApiExtension>()) part.MapForAdministrators(workflows);
    }

    private static RouteAccess ForAdministrators(Permission permission) => RouteAccess.Needs(permission) with
    {
        StatusForUnknown = StatusCodes.Status401Unauthorized,
        Hint = "the administrator's token is missing or wrong: run this on the server's machine, or give --data",
    };

    private static void MapBackups(RouteGroupBuilder farm, BackupEndpoints backups)
    {
        farm.MapPost("/backup", (Delegate)backups.CopyDatabaseAsync).WithMetadata(
            new RouteDescription("Copy the database.") { Access = RouteDescription.Administrator, Answer = typeof(DatabaseCopyMessage), Refusals = [401, 409, 503] });
        farm.MapGet("/backups", backups.List).WithMetadata(
            new RouteDescription("List the backups.") { Access = RouteDescription.Administrator, Answer = typeof(BackupsMessage), Refusals = [401, 409, 503] });
        farm.MapPost("/backups", (Delegate)backups.MakeAsync).WithMetadata(new RouteDescription("Make a backup, and check it.")
        {
            Access = RouteDescription.Administrator,
            Body = typeof(NewBackupMessage),
            Answer = typeof(BackupMessage),
            Status = StatusCodes.Status201Created,
            Refusals = [400, 401, 409, 503],
        });
        farm.MapPost("/backups/{name}/verify", backups.Verify).WithMetadata(new RouteDescription("Check a backup completely, in the background.")
        {
            Access = RouteDescription.Administrator,
            Status = StatusCodes.Status202Accepted,
            Refusals = [401, 404, 409, 503],
        });
        farm.MapPost("/backups/{name}/restore", backups.RestoreAsync).WithMetadata(new RouteDescription("Restore a backup before the next start of the server, which this begins if it can.")
        {
            Access = RouteDescription.Administrator,
            Answer = typeof(RestoreMessage),
            Status = StatusCodes.Status202Accepted,
            Refusals = [401, 404, 409, 503],
        });
        farm.MapDelete("/restore", (Delegate)backups.CancelRestoreAsync).WithMetadata(Change("Cancel a restore that waits for the next start.") with { Refusals = [401, 409, 503] });
        farm.MapDelete("/backups/{name}", backups.RemoveAsync).WithMetadata(Change("Remove a backup.") with { Refusals = [401, 404, 409, 503] });
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
            Refusals = [401, 404, 409],
        });
        farm.MapPost("/invitations", (Delegate)accounts.InviteAsync).WithMetadata(new RouteDescription("Make an account for somebody who chooses its password with a code, which is shown only now.")
        {
            Access = RouteDescription.Administrator,
            Body = typeof(InvitationMessage),
            Answer = typeof(PasswordCodeMessage),
            Status = StatusCodes.Status201Created,
            Refusals = [400, 401, 409],
        });
        farm.MapPost("/accounts/{account}/code", accounts.MakeCodeAsync).WithMetadata(new RouteDescription("Make a code with which the owner of an account sets a new password. It is shown only now.")
        {
            Access = RouteDescription.Administrator,
            Answer = typeof(PasswordCodeMessage),
            Status = StatusCodes.Status201Created,
            Refusals = [401, 403, 404],
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
            Change("Set the password of somebody else's account and end its sessions.") with { Body = typeof(PasswordMessage), Refusals = [400, 401, 403, 404] });
        farm.MapPut("/accounts/{account}/role", accounts.SetRoleAsync).WithMetadata(
            Change("Set the role of an account.") with { Body = typeof(RoleMessage), Refusals = [400, 401, 404, 409] });
        farm.MapPost("/accounts/{account}/sign-out", accounts.SignOutAsync).WithMetadata(Change("End all sessions of an account."));
        farm.MapDelete("/accounts/{account}", accounts.RemoveAsync).WithMetadata(Change("Remove an account.") with { Refusals = [401, 404, 409] });
    }

    private static void MapOwnAccount(RouteGroupBuilder farm, OwnAccountEndpoints own)
    {
        farm.MapGet("/me", own.Read).WithMetadata(
            new RouteDescription("One's own account.") { Access = RouteDescription.Account, Answer = typeof(AccountMessage), Refusals = [401, 403] });
        farm.MapPut("/me/password", (Delegate)own.SetPasswordAsync).WithMetadata(Change("Change one's own password, and end one's other sessions.") with
        {
            Access = RouteDescription.Account,
            Body = typeof(OwnPasswordMessage),
            Refusals = [400, 401, 403, 409, 429],
        });
        farm.MapGet("/me/sessions", own.Sessions).WithMetadata(
            new RouteDescription("List one's own sessions.") { Access = RouteDescription.Account, Answer = typeof(SessionsMessage), Refusals = [401, 403] });
        farm.MapDelete("/me/sessions", (Delegate)own.EndOtherSessionsAsync).WithMetadata(
            Change("End one's own sessions but the one of this request.") with { Access = RouteDescription.Account, Refusals = [401, 403] });
        farm.MapDelete("/me/sessions/{session}", own.EndSessionAsync).WithMetadata(
            Change("End one of one's own sessions.") with { Access = RouteDescription.Account, Refusals = [401, 403, 404] });
        farm.MapGet("/me/tokens", own.Tokens).WithMetadata(
            new RouteDescription("List the tokens of one's own account.") { Access = RouteDescription.Account, Answer = typeof(TokensMessage), Refusals = [401, 403] });
        farm.MapDelete("/me", (Delegate)own.RemoveAsync).WithMetadata(
            Change("Remove one's own account.") with { Access = RouteDescription.Account, Refusals = [401, 403, 409] });
        farm.MapPost("/password-code", (Delegate)own.UseCodeAsync).Allows(RouteAccess.Anyone).WithMetadata(new RouteDescription("Set a password with a code, which is then used up.")
        {
            Body = typeof(UsedCodeMessage),
            Answer = typeof(AccountMessage),
            Refusals = [400, 403, 429],
        });
    }

    private static void MapTokens(RouteGroupBuilder farm, TokenEndpoints tokens)
    {
        farm.MapGet("/tokens", tokens.List).WithMetadata(
            new RouteDescription("List one's own tokens; all of them for administrators.") { Access = RouteDescription.Account, Answer = typeof(TokensMessage), Refusals = [401] });
        farm.MapPost("/tokens", (Delegate)tokens.MakeAsync).WithMetadata(new RouteDescription("Make a token for a tool or a worker. Its secret is shown only now.")
        {
            Access = RouteDescription.Account,
            Body = typeof(NewTokenMessage),
            Answer = typeof(MadeTokenMessage),
            Status = StatusCodes.Status201Created,
            Refusals = [400, 401, 403, 429],
        });
        farm.MapDelete("/tokens/{token}", tokens.RemoveAsync).WithMetadata(
            Change("Make a token useless.") with { Access = RouteDescription.Account, Refusals = [401, 403, 404] });
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

    /// <summary>An error in the form of this protocol.</summary>
    internal static IResult Error(int status, string message) =>
        Results.Json(new ErrorMessage(message), FarmJson.Default.ErrorMessage, statusCode: status);
}
