namespace Farm.Tests.Drills.Load;

/// <summary>A project of task_tracker.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Session">The headers of its manager.</param>
internal sealed record TrackerProject(long Id, IReadOnlyList<(string, string)> Session)
{
    /// <summary>Takes tasks back from workers that never learned of them: timeouts wait until the farm has been steady for minutes.</summary>
    public Task ReclaimAsync(LoadBalancer farm) => farm.SendAsync(new("POST", $"/project/reclaim_assigned_tasks/{Id}", "{}", Session));

    /// <summary>Sets the farm up and makes a project.</summary>
    /// <param name="farm">The managers.</param>
    /// <param name="token">The administrator's token of the first.</param>
    /// <param name="name">The name of the project.</param>
    public static async Task<TrackerProject> CreateAsync(LoadBalancer farm, string token, string name)
    {
        const string lead = """{"username":"lead","password":"correct horse","role":"administrator"}""";
        await farm.SendAsync(0, new("POST", "/api/farm/v1/accounts", lead, [("Authorization", $"Bearer {token}")]), TimeSpan.FromSeconds(30));
        var account = await farm.SendAsync(new("POST", "/login", lead));
        IReadOnlyList<(string, string)> session = [("Cookie", account.Cookies.Split(';')[0])];
        // A name can be used once, so a repeated request has another.
        for (var number = 0; ; number++)
        {
            var project = await farm.TrySendAsync(new("POST", "/project/create", $$"""{"name":"{{name}} {{number}}"}""", session));
            if (project is not null) return new TrackerProject((long)project.Json["content"]!["id"]!, session);
        }
    }
}
