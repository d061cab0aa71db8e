using Farm.Server.Contracts.TaskTracker.Domain;

namespace Farm.Tests.Contracts.TaskTracker.Domain;

/// <summary>The table of Contracts/TaskTracker/Contract.md section 2.2, with decision D1.</summary>
public sealed class ProjectPermissionsTests
{
    /// <summary>What a worker has, and what it may do in public, private and hidden projects: A take tasks, S submit them, R read the project, X read its secret.</summary>
    [Theory]
    [InlineData("", "AR", "R", "")]
    [InlineData("assign pending", "AR", "R", "")]
    [InlineData("submit pending", "AR", "R", "")]
    [InlineData("assign submit pending", "AR", "R", "")]
    [InlineData("assign", "ARX", "ARX", "AX")]
    [InlineData("submit", "ASRX", "ASRX", "ASX")]
    [InlineData("assign submit", "ASRX", "ASRX", "ASX")]
    public void Permissions_follow_the_table(string has, string inPublic, string inPrivate, string inHidden)
    {
        var access = has.Length == 0
            ? null
            : new ProjectAccess(has.Contains("assign"), has.Contains("submit"), has.Contains("pending"));
        Assert.Equal(inPublic, May(ProjectVisibility.Public));
        Assert.Equal(inPrivate, May(ProjectVisibility.Private));
        Assert.Equal(inHidden, May(ProjectVisibility.Hidden));

        string May(ProjectVisibility visibility) =>
            (ProjectPermissions.MayAssign(visibility, access) ? "A" : "") + (ProjectPermissions.MaySubmit(access) ? "S" : "")
            + (ProjectPermissions.MayRead(visibility, isReader: false) ? "R" : "") + (ProjectPermissions.MayReadSecret(access) ? "X" : "");
    }

    [Fact]
    public void A_reader_can_see_a_hidden_project() =>
        Assert.All(Enum.GetValues<ProjectVisibility>(), visibility => Assert.True(ProjectPermissions.MayRead(visibility, isReader: true)));

    [Theory]
    [InlineData(31, false, 0, 31, true)]
    [InlineData(4, false, 0, 4, true)]
    [InlineData(4, false, 0, 5, false)]
    [InlineData(4, false, 1, 5, true)]
    [InlineData(4, false, 31, 0, true)]
    [InlineData(27, false, 0, 1, false)]
    [InlineData(0, false, 0, 0, false)]
    [InlineData(0, true, 0, 31, true)]
    public void Roles_are_granted_by_those_who_have_them_and_revoked_by_those_who_manage_access(
        int own, bool isAdministrator, int before, int after, bool may) =>
        Assert.Equal(may, ProjectRoleRules.MayGrant((ProjectRoles)own, isAdministrator, (ProjectRoles)before, (ProjectRoles)after));
}
