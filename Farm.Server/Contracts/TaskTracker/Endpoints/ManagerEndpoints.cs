using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Messages;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Managers and what they may do (Contracts/TaskTracker/Contract.md section 4.5).</summary>
internal sealed class ManagerEndpoints(TrackerCallers callers, FarmAccounts accounts, ProjectAccessControl access)
{
    /// <summary><c>GET /manager/list</c></summary>
    public Task ListAsync(HttpContext context)
    {
        callers.RequireManager(context, StatusCodes.Status401Unauthorized);
        return context.AnswerContentAsync(
            new ManagersContent([.. accounts.All().Select(PeopleEndpoints.Message)]), PeopleJson.Default.ManagersContent);
    }

    /// <summary><c>GET /manager/list_for_project/:id</c></summary>
    public Task ListForProjectAsync(HttpContext context)
    {
        var id = context.Id();
        callers.RequireManager(context, StatusCodes.Status401Unauthorized);
        var messages = access.Managers(id).Select(entry => new ManagerRoleMessage(PeopleEndpoints.Message(entry.Manager), (int)entry.Roles));
        return context.AnswerContentAsync(new ManagerRolesContent([.. messages]), PeopleJson.Default.ManagerRolesContent);
    }

    /// <summary><c>GET /manager/promote/:id</c></summary>
    public Task PromoteAsync(HttpContext context) => SetAsync(context, isAdministrator: true, StatusCodes.Status401Unauthorized);

    /// <summary><c>GET /manager/demote/:id</c></summary>
    public Task DemoteAsync(HttpContext context) => SetAsync(context, isAdministrator: false, StatusCodes.Status403Forbidden);

    /// <summary><c>POST /manager/set_role_for_project/:id</c></summary>
    public async Task SetRoleAsync(HttpContext context)
    {
        var id = context.Id();
        var manager = callers.RequireManager(context, StatusCodes.Status403Forbidden);
        var request = await TrackerBody.ReadAsync(context, PeopleJson.Default.RoleRequest);
        await access.SetRolesAsync(manager, id, request.Manager ?? 0, (ProjectRoles)((request.Role ?? 0) & (long)ProjectRoles.All));
        await context.AnswerOkAsync();
    }

    private async Task SetAsync(HttpContext context, bool isAdministrator, int others)
    {
        context.RefuseOtherPages();
        var administrator = callers.RequireAdministrator(context, StatusCodes.Status401Unauthorized, others);
        var id = context.Id();
        if (id == administrator.Id) throw new TrackerException(others, "nobody does this to himself");
        await accounts.SetAdministratorAsync(id, isAdministrator);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
