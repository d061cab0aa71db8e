using Farm.Server.Contracts.Flamenco.Messages;

namespace Farm.Server.Contracts.Flamenco.OpenApi;

/// <summary>All operations of the protocol, in the order of its document (Contracts/Flamenco/Contract.md sections 3 and 6).</summary>
internal static class OpenApiOperations
{
    /// <summary>The scheme of workers: HTTP Basic.</summary>
    public const string Worker = "worker_auth";

    /// <summary>The scheme of administrators: a bearer token.</summary>
    public const string Administrator = "administrator";

    private static readonly FlamencoJson Json = FlamencoJson.Default;

    /// <summary>The operations by route.</summary>
    public static IReadOnlyDictionary<string, OpenApiOperation> ByRoute { get; } = All().ToDictionary(operation => operation.Route);

    private static IEnumerable<OpenApiOperation> All() =>
    [
        New("POST /worker/register-worker", "registerWorker", "Register a worker.").Takes("WorkerRegistration").Returns(Json.RegisteredWorker),
        .. Workers().Select(operation => operation with { Access = Worker, Refusals = [.. operation.Refusals, 403] }),
        .. Meta(),
        .. Administration().Select(operation => operation with { Access = Administrator, Refusals = [.. operation.Refusals, 403] }),
        .. Jobs(),
        .. Tasks(),
        .. WorkerManagement(),
        .. Shaman(),
    ];

    private static IEnumerable<OpenApiOperation> Workers() =>
    [
        New("POST /worker/sign-on", "signOn", "Sign on; returns the status that the worker must change to.").Takes("WorkerSignOn").Returns(Json.WorkerStateChange),
        New("POST /worker/sign-off", "signOff", "Sign off; the worker's tasks are requeued."),
        New("GET /worker/state", "workerState", "The requested status change of the worker.").MayReturn(Json.WorkerStateChange),
        New("POST /worker/state-changed", "workerStateChanged", "Report the worker's new status.").Takes("WorkerStateChanged"),
        New("POST /worker/task", "scheduleTask", "Get the next task; 423 has the status that the worker must change to first.")
            .MayReturn(Json.AssignedTaskMessage).Refuses(409, 423),
        New("POST /worker/task/{task_id}", "taskUpdate", "Update the worker's task.").Takes("TaskUpdate").Refuses(404, 409),
        New("GET /worker/task/{task_id}/may-i-run", "mayWorkerRun", "Whether the worker may keep running its task.").Returns(Json.MayKeepRunning).Refuses(400),
        New("POST /worker/task/{task_id}/output-produced", "taskOutputProduced", "Upload an image that the task rendered.") with
        {
            Media = ["image/png", "image/jpeg"], Answers = [(202, null)], Refusals = [404, 411, 413, 415, 429],
        },
    ];

    private static IEnumerable<OpenApiOperation> Meta() =>
    [
        New("GET /version", "getVersion", "Name and version of the manager.").Returns(Json.VersionMessage),
        New("GET /status", "getFarmStatus", "The status of the farm.").Returns(Json.FarmStatusMessage),
        New("GET /configuration", "getConfiguration", "The configuration in brief.").Returns(Json.ConfigurationMessage),
        New("GET /configuration/variables/{audience}/{platform}", "getVariables", "Variables for workers or users on a platform.")
            .Returns(Json.DictionaryStringVariableMessage).Refuses(400),
        New("GET /configuration/shared-storage/{audience}/{platform}", "getSharedStorage", "The path of the shared storage for workers or users on a platform.")
            .Returns(Json.SharedStorageMessage).Refuses(400),
        New("POST /configuration/check/shared-storage", "checkSharedStoragePath", "Whether a directory on the manager's machine can be the shared storage.")
            .Takes("PathToCheck").Returns(Json.PathCheckMessage),
        New("GET /openapi3.json", "getOpenApi", "This document.").Returns(Json.JsonObject),
    ];

    private static IEnumerable<OpenApiOperation> Administration() =>
    [
        New("GET /configuration/check/blender", "findBlenderExePath", "Find Blender on the manager's machine.").Returns(Json.BlenderCheckMessageArray),
        New("POST /configuration/check/blender", "checkBlenderExePath", "Whether a file is usable as Blender; it is not executed.")
            .Takes("PathToCheck").Returns(Json.BlenderCheckMessage),
        New("POST /configuration/setup-assistant", "saveSetupAssistantConfig", "Set the shared storage and Blender.").Takes("SetupAssistantConfig").Refuses(503),
        New("GET /configuration/file", "getConfigurationFile", "All settings.").Returns(Json.JsonObject),
        New("PUT /configuration/file", "updateConfigurationFile", "Replace all settings.").Takes("Configuration").Refuses(503),
    ];

    private static IEnumerable<OpenApiOperation> Jobs() =>
    [
        New("GET /jobs/types", "getJobTypes", "All job types.").Returns(Json.JobTypesMessage),
        New("GET /jobs/type/{name}", "getJobType", "A job type.").Returns(Json.JsonObject).Refuses(404),
        New("POST /jobs", "submitJob", "Submit a job.").Takes("SubmittedJob").Returns(Json.JobMessage).Refuses(412),
        New("POST /jobs/check", "submitJobCheck", "Check a submission without storing it.").Takes("SubmittedJob").Refuses(412),
        New("GET /jobs", "fetchJobs", "All jobs.").Returns(Json.JsonObject),
        New("GET /jobs/last-rendered", "fetchGlobalLastRenderedInfo", "The location of the farm's newest image.").MayReturn(Json.LastRenderedInfo),
        New("DELETE /jobs/mass-delete", "deleteJobMass", "Delete all jobs that did not change since a time.").Takes("JobMassDeletion").Refuses(416),
        New("GET /jobs/{id}", "fetchJob", "A job.").Returns(Json.JobMessage).Refuses(400, 404),
        New("DELETE /jobs/{id}", "deleteJob", "Delete a job, in the background.").Refuses(400, 404),
        New("GET /jobs/{id}/what-would-delete-do", "deleteJobWhatWouldItDo", "What would be deleted with a job.")
            .Returns(Json.JobDeletionInfo).Refuses(400, 404),
        New("GET /jobs/{id}/last-rendered", "fetchJobLastRenderedInfo", "The location of a job's newest image.").MayReturn(Json.LastRenderedInfo).Refuses(400, 404),
        New("POST /jobs/{id}/setstatus", "setJobStatus", "Set the status of a job.").Takes("JobStatusChange").Refuses(404, 422),
        New("POST /jobs/{id}/setpriority", "setJobPriority", "Set the priority of a job.").Takes("JobPriorityChange").Refuses(404),
        New("POST /jobs/{id}/settag", "setJobTag", "Set the tag that workers need for a job, by id or name; neither removes it.")
            .Takes("JobTagChange").Refuses(404, 422),
        New("GET /jobs/{id}/tasks", "fetchJobTasks", "The tasks of a job.").Returns(Json.JsonObject).Refuses(400, 404),
        New("GET /jobs/{id}/blocklist", "fetchJobBlocklist", "The blocklist of a job.").Returns(Json.BlocklistEntryArray).Refuses(400, 404),
        New("DELETE /jobs/{id}/blocklist", "removeJobBlocklist", "Remove workers from the blocklist of a job.").Takes("Blocklist").Refuses(404),
    ];

    private static IEnumerable<OpenApiOperation> Tasks() =>
    [
        New("GET /tasks/{id}", "fetchTask", "A task.").Returns(Json.TaskMessage).Refuses(400, 404),
        New("GET /tasks/{id}/logtail", "fetchTaskLogTail", "The end of a task's log, as plain text.") with
        {
            Answers = [(200, null), (204, null)], Refusals = [400, 404],
        },
        New("GET /tasks/{id}/log", "fetchTaskLogInfo", "The location of a task's log.").MayReturn(Json.TaskLogInfo).Refuses(400, 404),
        New("POST /tasks/{id}/setstatus", "setTaskStatus", "Set the status of a task.").Takes("TaskStatusChange").Refuses(404),
    ];

    private static IEnumerable<OpenApiOperation> WorkerManagement() =>
    [
        New("GET /worker-mgt/workers", "fetchWorkers", "All workers.").Returns(Json.WorkerListMessage),
        New("GET /worker-mgt/workers/{id}", "fetchWorker", "A worker.").Returns(Json.WorkerMessage).Refuses(400, 404),
        New("DELETE /worker-mgt/workers/{id}", "deleteWorker", "Delete a worker; its tasks are requeued.").Refuses(400, 404),
        New("POST /worker-mgt/workers/{id}/setstatus", "requestWorkerStatusChange", "Request a status change of a worker.")
            .Takes("WorkerStatusChangeRequest").Refuses(404, 412),
        New("POST /worker-mgt/workers/{id}/settags", "setWorkerTags", "Replace the tags of a worker.").Takes("WorkerTagChange").Refuses(404),
        New("GET /worker-mgt/workers/{id}/sleep-schedule", "fetchWorkerSleepSchedule", "The sleep schedule of a worker.")
            .MayReturn(Json.SleepScheduleMessage).Refuses(400, 404),
        New("POST /worker-mgt/workers/{id}/sleep-schedule", "setWorkerSleepSchedule", "Set the sleep schedule of a worker.").Takes("WorkerSleepSchedule").Refuses(404),
        New("GET /worker-mgt/tags", "fetchWorkerTags", "All tags.").Returns(Json.WorkerTagListMessage),
        New("POST /worker-mgt/tags", "createWorkerTag", "Create a tag.").Takes("NewWorkerTag").Returns(Json.WorkerTagMessage).Refuses(409),
        New("GET /worker-mgt/tag/{id}", "fetchWorkerTag", "A tag.").Returns(Json.WorkerTagMessage).Refuses(400, 404),
        New("PUT /worker-mgt/tag/{id}", "updateWorkerTag", "Change a tag.").Takes("NewWorkerTag").Refuses(404, 409),
        New("DELETE /worker-mgt/tag/{id}", "deleteWorkerTag", "Delete a tag; it is removed from workers and jobs.").Refuses(400, 404),
    ];

    private static IEnumerable<OpenApiOperation> Shaman() =>
    [
        New("POST /shaman/checkout/requirements", "shamanCheckoutRequirements", "Which of these files must be uploaded.")
            .Takes("ShamanFiles").Returns(Json.ShamanRequirementsMessage).Refuses(503),
        New("POST /shaman/checkout/create", "shamanCheckout", "Create a checkout of stored files.")
            .Takes("ShamanCheckout").Returns(Json.ShamanCheckoutMessage).Refuses(409, 424, 503),
        New("GET /shaman/files/{sha}/{size}", "shamanFileStoreCheck", "Whether a file is stored.").Returns(Json.ShamanStatusMessage).Refuses(400, 503),
        New("POST /shaman/files/{sha}/{size}", "shamanFileStore", "Store a file.") with
        {
            Media = ["application/octet-stream"], Answers = [(204, null), (208, null)], Refusals = [400, 417, 425, 503],
        },
    ];

    private static OpenApiOperation New(string route, string id, string summary) => new(route, id, summary);
}
