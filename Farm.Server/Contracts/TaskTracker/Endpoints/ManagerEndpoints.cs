using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Managers and their roles (Contracts/TaskTracker/Contract.md section 4.5).</summary>
internal sealed class ManagerEndpoints(TrackerAuthentication authentication, FarmAccounts accounts, ProjectAccessControl access)
{
    /// <summary><c>GET /manager/list</c></summary>
    public Task ListAsync(HttpContext context)
    {
        authentication.RequireManager(context, StatusCodes.Status401Unauthorized);
        return context.RespondContentAsync(
            new ManagersContent([.. accounts.All().Select(PeopleEndpoints.Message)]), PeopleJson.Default.ManagersContent);
    }

    /// <summary><c>GET /manager/list_for_project/:id</c></summary>
    public Task ListForProjectAsync(HttpContext context)
    {
        var id = context.Id();
        authentication.RequireManager(context, StatusCodes.Status401Unauthorized);
        var messages = access.Managers(id).Select(entry => new ManagerRoleMessage(PeopleEndpoints.Message(entry.Manager), (int)entry.Roles));
        return context.RespondContentAsync(new ManagerRolesContent([.. messages]), PeopleJson.Default.ManagerRolesContent);
    }

    /// <summary><c>GET</c> or <c>POST /manager/promote/:id</c></summary>
    public Task PromoteAsync(HttpContext context) => SetAsync(context, isAdministrator: true, StatusCodes.Status401Unauthorized);

    /// <summary><c>GET</c> or <c>POST /manager/demote/:id</c></summary>
    public Task DemoteAsync(HttpContext context) => SetAsync(context, isAdministrator: false, StatusCodes.Status403Forbidden);

    /// <summary><c>POST /manager/set_role_for_project/:id</c></summary>
    public async Task SetRoleAsync(HttpContext context)
    {
        var id = context.Id();
        var caller = authentication.RequireCaller(context, StatusCodes.Status403Forbidden);
        var request = await TrackerBody.ReadAsync(context, PeopleJson.Default.RoleRequest);
        await access.SetRolesAsync(caller, id, request.Manager ?? 0, (ProjectRoles)((request.Role ?? 0) & (long)ProjectRoles.All));
        await context.RespondOkAsync();
    }

    private async Task SetAsync(HttpContext context, bool isAdministrator, int forbidden)
    {
        var administrator = authentication.RequireAdministrator(context, StatusCodes.Status401Unauthorized, forbidden);
        var id = context.Id();
        if (id == administrator.Id) throw new TrackerException(forbidden, "you cannot promote or demote yourself");
        await accounts.SetRoleAsync(context.Caller(), id, isAdministrator ? Role.Administrator : Role.Artist);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
