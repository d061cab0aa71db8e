namespace Farm.Server.Store.Views.Workers;

/// <summary>A tag by which jobs and workers find each other.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The name for people; unique.</param>
/// <param name="Description">What it is for; may be empty.</param>
internal record WorkerTag(Guid Uuid, string Name, string Description);
