using Farm.Server.Contracts.Flamenco.Messages;

namespace Farm.Server.Contracts.Flamenco.OpenApi;

/// <summary>Every operation of the protocol, in the order of its document (Contracts/Flamenco/Contract.md sections 3 and 6).</summary>
internal static class OpenApiOperations
{
    /// <summary>The scheme of workers: HTTP Basic.</summary>
    public const string Worker = "worker_auth";

    /// <summary>The scheme of administrators: a bearer token.</summary>
    public const string Administrator = "administrator";

    private static readonly FlamencoJson Json = FlamencoJson.Default;

    /// <summary>All of them by their route.</summary>
    public static IReadOnlyDictionary<string, OpenApiOperation> ByRoute { get; } = All().ToDictionary(operation => operation.Route);

    private static IEnumerable<OpenApiOperation> All() =>
    [
        New("POST /worker/register-worker", "registerWorker", "Make a new worker.").Takes("WorkerRegistration").Returns(Json.RegisteredWorker),
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
        New("POST /worker/sign-on", "signOn", "The worker is there; answers what it shall become.").Takes("WorkerSignOn").Returns(Json.WorkerStateChange),
        New("POST /worker/sign-off", "signOff", "The worker goes; its tasks are given back."),
        New("GET /worker/state", "workerState", "What the worker is asked to become.").MayReturn(Json.WorkerStateChange),
        New("POST /worker/state-changed", "workerStateChanged", "The worker says what it is at.").Takes("WorkerStateChanged"),
        New("POST /worker/task", "scheduleTask", "The next task for the worker; 423 tells what it must become first.")
            .MayReturn(Json.AssignedTaskMessage).Refuses(409, 423),
        New("POST /worker/task/{task_id}", "taskUpdate", "The worker reports on its task.").Takes("TaskUpdate").Refuses(404, 409),
        New("GET /worker/task/{task_id}/may-i-run", "mayWorkerRun", "Whether the worker may go on with its task.").Returns(Json.MayKeepRunning).Refuses(400),
        New("POST /worker/task/{task_id}/output-produced", "taskOutputProduced", "An image that the task made.") with
        {
            Media = ["image/png", "image/jpeg"], Answers = [(202, null)], Refusals = [404, 411, 413, 415, 429],
        },
    ];

    private static IEnumerable<OpenApiOperation> Meta() =>
    [
        New("GET /version", "getVersion", "What answers, in which version.").Returns(Json.VersionMessage),
        New("GET /status", "getFarmStatus", "What the farm as a whole is at.").Returns(Json.FarmStatusMessage),
        New("GET /configuration", "getConfiguration", "How the farm is set up, in short.").Returns(Json.ConfigurationMessage),
        New("GET /configuration/variables/{audience}/{platform}", "getVariables", "Variables for workers or users on a platform.")
            .Returns(Json.DictionaryStringVariableMessage).Refuses(400),
        New("GET /configuration/shared-storage/{audience}/{platform}", "getSharedStorage", "Where the files of jobs are for workers or users on a platform.")
            .Returns(Json.SharedStorageMessage).Refuses(400),
        New("POST /configuration/check/shared-storage", "checkSharedStoragePath", "Whether a directory of the farm's machine can be the shared storage.")
            .Takes("PathToCheck").Returns(Json.PathCheckMessage),
        New("GET /openapi3.json", "getOpenApi", "This document.").Returns(Json.JsonObject),
    ];

    private static IEnumerable<OpenApiOperation> Administration() =>
    [
        New("GET /configuration/check/blender", "findBlenderExePath", "Look for Blender on the farm's machine.").Returns(Json.BlenderCheckMessageArray),
        New("POST /configuration/check/blender", "checkBlenderExePath", "Whether a file can be run as Blender; it is not run.")
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
        New("POST /jobs/check", "submitJobCheck", "Whether a job could be submitted; nothing is stored.").Takes("SubmittedJob").Refuses(412),
        New("GET /jobs", "fetchJobs", "All jobs.").Returns(Json.JsonObject),
        New("GET /jobs/last-rendered", "fetchGlobalLastRenderedInfo", "Where the farm's newest image is.").MayReturn(Json.LastRenderedInfo),
        New("DELETE /jobs/mass-delete", "deleteJobMass", "Remove all jobs that did not change since a time.").Takes("JobMassDeletion").Refuses(416),
        New("GET /jobs/{id}", "fetchJob", "A job.").Returns(Json.JobMessage).Refuses(400, 404),
        New("DELETE /jobs/{id}", "deleteJob", "Remove a job, in the background.").Refuses(400, 404),
        New("GET /jobs/{id}/what-would-delete-do", "deleteJobWhatWouldItDo", "What goes with a job that is removed.")
            .Returns(Json.JobDeletionInfo).Refuses(400, 404),
        New("GET /jobs/{id}/last-rendered", "fetchJobLastRenderedInfo", "Where the newest image of a job is.").MayReturn(Json.LastRenderedInfo).Refuses(400, 404),
        New("POST /jobs/{id}/setstatus", "setJobStatus", "Ask a job to take a status.").Takes("JobStatusChange").Refuses(404, 422),
        New("POST /jobs/{id}/setpriority", "setJobPriority", "Set the priority of a job.").Takes("JobPriorityChange").Refuses(404),
        New("POST /jobs/{id}/settag", "setJobTag", "Set the tag that workers need for a job, by id or name; neither removes it.")
            .Takes("JobTagChange").Refuses(404, 422),
        New("GET /jobs/{id}/tasks", "fetchJobTasks", "The tasks of a job.").Returns(Json.JsonObject).Refuses(400, 404),
        New("GET /jobs/{id}/blocklist", "fetchJobBlocklist", "Workers that get no more tasks of a job.").Returns(Json.BlocklistEntryArray).Refuses(400, 404),
        New("DELETE /jobs/{id}/blocklist", "removeJobBlocklist", "Take workers off the blocklist of a job.").Takes("Blocklist").Refuses(404),
    ];

    private static IEnumerable<OpenApiOperation> Tasks() =>
    [
        New("GET /tasks/{id}", "fetchTask", "A task.").Returns(Json.TaskMessage).Refuses(400, 404),
        New("GET /tasks/{id}/logtail", "fetchTaskLogTail", "The end of the log of a task, as plain text.") with
        {
            Answers = [(200, null), (204, null)], Refusals = [400, 404],
        },
        New("GET /tasks/{id}/log", "fetchTaskLogInfo", "Where the log of a task is.").MayReturn(Json.TaskLogInfo).Refuses(400, 404),
        New("POST /tasks/{id}/setstatus", "setTaskStatus", "Set the status of a task.").Takes("TaskStatusChange").Refuses(404),
    ];

    private static IEnumerable<OpenApiOperation> WorkerManagement() =>
    [
        New("GET /worker-mgt/workers", "fetchWorkers", "All workers.").Returns(Json.WorkerListMessage),
        New("GET /worker-mgt/workers/{id}", "fetchWorker", "A worker.").Returns(Json.WorkerMessage).Refuses(400, 404),
        New("DELETE /worker-mgt/workers/{id}", "deleteWorker", "Remove a worker; its tasks are given back.").Refuses(400, 404),
        New("POST /worker-mgt/workers/{id}/setstatus", "requestWorkerStatusChange", "Ask a worker to take a status.")
            .Takes("WorkerStatusChangeRequest").Refuses(404, 412),
        New("POST /worker-mgt/workers/{id}/settags", "setWorkerTags", "Give a worker these tags and no others.").Takes("WorkerTagChange").Refuses(404),
        New("GET /worker-mgt/workers/{id}/sleep-schedule", "fetchWorkerSleepSchedule", "When a worker sleeps.")
            .MayReturn(Json.SleepScheduleMessage).Refuses(400, 404),
        New("POST /worker-mgt/workers/{id}/sleep-schedule", "setWorkerSleepSchedule", "Set when a worker sleeps.").Takes("WorkerSleepSchedule").Refuses(404),
        New("GET /worker-mgt/tags", "fetchWorkerTags", "All tags.").Returns(Json.WorkerTagListMessage),
        New("POST /worker-mgt/tags", "createWorkerTag", "Make a tag.").Takes("NewWorkerTag").Returns(Json.WorkerTagMessage).Refuses(409),
        New("GET /worker-mgt/tag/{id}", "fetchWorkerTag", "A tag.").Returns(Json.WorkerTagMessage).Refuses(400, 404),
        New("PUT /worker-mgt/tag/{id}", "updateWorkerTag", "Change a tag.").Takes("NewWorkerTag").Refuses(404, 409),
        New("DELETE /worker-mgt/tag/{id}", "deleteWorkerTag", "Remove a tag; workers and jobs lose it.").Refuses(400, 404),
    ];

    private static IEnumerable<OpenApiOperation> Shaman() =>
    [
        New("POST /shaman/checkout/requirements", "shamanCheckoutRequirements", "Which of these files are not stored yet.")
            .Takes("ShamanFiles").Returns(Json.ShamanRequirementsMessage).Refuses(503),
        New("POST /shaman/checkout/create", "shamanCheckout", "Make a directory of stored files.")
            .Takes("ShamanCheckout").Returns(Json.ShamanCheckoutMessage).Refuses(409, 424, 503),
        New("GET /shaman/files/{sha}/{size}", "shamanFileStoreCheck", "Whether a file is stored.").Returns(Json.ShamanStatusMessage).Refuses(400, 503),
        New("POST /shaman/files/{sha}/{size}", "shamanFileStore", "Store a file.") with
        {
            Media = ["application/octet-stream"], Answers = [(204, null), (208, null)], Refusals = [400, 417, 425, 503],
        },
    ];

    private static OpenApiOperation New(string route, string id, string summary) => new(route, id, summary);
}
