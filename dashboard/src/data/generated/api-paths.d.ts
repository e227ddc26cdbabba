/** Written by `npm run api-client` from the API’s description: what the cloud takes and answers. Not to be edited. */

export interface paths {
    "/.well-known/fairmile-receipt-keys.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys that receipts were ever signed with; no log-in is needed */
        get: operations["get.wellKnownFairmileReceiptKeys.json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/bulk-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of bulk actions, the newest first, and how far they are */
        get: operations["listAdminBulkRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/bulk-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run and how far it is */
        get: operations["getAdminBulkRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/bulk-runs/{runId}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each thing of a run */
        get: operations["listAdminBulkRunItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/bulk/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do what a preview showed, as a job; refused where its selection is another by now */
        post: operations["startBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/bulk/{action}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an action would change: how much, the first of it, what it would leave out; its token starts exactly that */
        post: operations["previewBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/deliveries/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries of domain events that were given up, those of the newest events first */
        get: operations["listAdminDeliveriesDead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try dead deliveries of a consumer again, the oldest first */
        post: operations["replayAdminDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/domain-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened, the newest first, as CloudEvents with their deliveries: of one cause, of a driver, or all */
        get: operations["listAdminDomainEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/drivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drivers with their scores, policies and boxes: searched, filtered and sorted */
        get: operations["listAdminDrivers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drivers, trips, premiums or events of all drivers in a range of 93 days at most; no positions */
        get: operations["getAdminExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of the driver model, their stages, and the newest changes of these */
        get: operations["getAdminModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/models/{name}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make live what was live before */
        post: operations["rollbackAdminModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/models/{name}/versions/{version}/stage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a version to a stage; a new live one retires the one before */
        post: operations["stageAdminModelVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/models/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the cloud finds in the events’ traces what the cars said */
        get: operations["getAdminModelsAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/models/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the scores of the last days have drifted from what the live model was trained on */
        get: operations["getAdminModelsDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/notification-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** E-mails, pushes and webhook messages in a state (default: given up), the newest first */
        get: operations["listAdminNotificationDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/notification-deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try what was given up again, the oldest first */
        post: operations["replayAdminNotificationDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the admins are told, the newest first */
        get: operations["getAdminNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark the admins' notifications up to one as read, for all of them */
        post: operations["readAdminNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The portfolio and the service at a glance: drivers, scores, premiums, 30 days of driving, queues, jobs, database */
        get: operations["getAdminOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Policies with their premiums and renewals: searched, filtered and sorted */
        get: operations["listAdminPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports, the newest first */
        get: operations["listAdminReports"];
        put?: never;
        /** Make a report of a month now and keep it; one of the month that runs is of its days so far */
        post: operations["createAdminReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/{reportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report with its tables */
        get: operations["getAdminReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/reports/{reportId}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tables of a report as CSV */
        get: operations["getAdminReportCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/rewards/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What safe driving earns, and what that is good for */
        get: operations["getAdminRewardsCatalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/rewards/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give points or take them, with a reason; no balance becomes negative */
        post: operations["createAdminRewardsCorrection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/rewards/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What drivers had for points, of a state: open ones as they were made, others the newest first */
        get: operations["listAdminRewardsRedemptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/rewards/redemptions/{redemptionId}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that it was given, or refuse it with a reason: the points come back then; told to the driver */
        post: operations["createAdminRewardsRedemptionSettlement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log-ins: searched, filtered and sorted */
        get: operations["listAdminUsers"];
        put?: never;
        /** Add a log-in for an admin, who is invited by e-mail where no password is given; drivers get theirs when they are created */
        post: operations["createAdminUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the role of a log-in, disable it or let it in again; its sessions end */
        patch: operations["updateAdminUser"];
        trace?: never;
    };
    "/api/v1/admin/users/{userId}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the invitation of a log-in that has no password yet again; the link before it is worth nothing then */
        post: operations["inviteAdminUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{userId}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the password of a log-in; its sessions end */
        post: operations["resetAdminUserPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Addresses that are told of domain events */
        get: operations["listAdminWebhooks"];
        put?: never;
        /** Have an address told of domain events; its secret is shown this once */
        post: operations["createAdminWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a webhook; what was to go there is dropped */
        delete: operations["deleteAdminWebhook"];
        options?: never;
        head?: never;
        /** Change what a webhook is told, or where; enable or disable it */
        patch: operations["updateAdminWebhook"];
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every try to tell a webhook, those of the newest events first */
        get: operations["listAdminWebhookAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a webhook a new secret, which is shown this once; the one before signs beside it for a while */
        post: operations["createAdminWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a webhook a signed test event now, once; says what it answered */
        post: operations["createAdminWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in: sets the session cookie and gives the same token as a bearer */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log out: ends the session and takes its cookie away */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the password of a log-in by a link from a mail: it works once, and the sessions end */
        post: operations["usePasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a link to a new password: it goes to the address where that has a log-in, and the answer does not say */
        post: operations["askPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the cache of this process holds, and how often each route was answered from it */
        get: operations["getCache"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cache/invalidate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have answers computed anew, by tag (`driver:DRV-0001`) or by a pattern of paths (`/api/v1/drivers/*\/score`), in every process */
        post: operations["invalidateCache"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contests of a state, what is due first at the top */
        get: operations["listContests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contests/{contestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A contest with score and premium before it, while the event was suspended, and after the ruling */
        get: operations["getContest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contests/{contestId}/rulings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uphold or reject a contest, with grounds; where much hangs on it a second admin has to say the same */
        post: operations["createContestRuling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contests/{contestId}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a contest back: the event counts again. Its driver does so alone; the admin who opened it for them says so, and another has to agree */
        post: operations["createContestWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages from devices that could not be stored, the newest first */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/{letterId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A dead letter, with what its batch says of itself */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/{letterId}/payload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The message of a dead letter as it came */
        get: operations["getDeadLetterPayload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run dead letters through ingest again, as if they had just come */
        post: operations["replayDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All devices, in order of their ids */
        get: operations["listDevices"];
        put?: never;
        /** Create a device in a vehicle; its claim code is shown this once */
        post: operations["createDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/care": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a device says it is: its state, its newest report, its settings and commands */
        get: operations["getDeviceCare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How complete the log of a device is: dropped, refused and missing numbers and open ends, by lane and boot */
        get: operations["getDeviceChains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell a device to do something once; it has the command when it is next online */
        post: operations["sendDeviceCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a device says it has dropped of its log, signed by it, the newest first */
        get: operations["listDeviceGaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/raw-chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stretches of full-rate readings that are here of a device, the newest first */
        get: operations["listDeviceRawChunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/raw-chunks/{boot}/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One stretch of full-rate readings, in columns */
        get: operations["getDeviceRawChunk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{deviceId}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change settings of a device; it has them when it is next online */
        patch: operations["updateDeviceSettings"];
        trace?: never;
    };
    "/api/v1/devices/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a device calls at its first start: its code and key against its broker password and certificate */
        post: operations["claimDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All drivers, in order of their ids */
        get: operations["listDrivers"];
        put?: never;
        /** Create a driver with a log-in; where no password is given, the driver is invited by e-mail to choose one */
        post: operations["createDriver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver with their policies */
        get: operations["getDriver"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what a driver is called, or (as an admin) the e-mail address of the log-in */
        patch: operations["updateDriver"];
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's newest score by habits: exact parts, sub-scores, and what each weighs; 404 before the first trip */
        get: operations["getDriverBreakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a driver and each of their features lie in the model's portfolio; 404 before the first trip */
        get: operations["getDriverComparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/contests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's contests, the newest first */
        get: operations["listDriverContests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is kept of a driver in a range of 366 days at most, as one file; GPX has the positions alone */
        get: operations["getDriverExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's features as their trips are now: names, units, values; 404 before the first trip */
        get: operations["getDriverFeatures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/notification-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a driver wants to be told, and which channels there are */
        get: operations["getDriverNotificationPreferences"];
        /** Say how a driver wants to be told */
        put: operations["setDriverNotificationPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a driver is told, the newest first */
        get: operations["getDriverNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark the notifications up to one as read */
        post: operations["readDriverNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/premium": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest premium of a driver's policy in force, or else of the next to begin, or of the last that ended; 404 before the first score */
        get: operations["getDriverPremium"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/push-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a browser told by web push; a driver's ten newest browsers are */
        post: operations["createDriverPushSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/push-subscriptions/{subscriptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Have a browser told no more */
        delete: operations["deleteDriverPushSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every feature of a driver's newest score with its exact share, its code and advice; 404 before the first trip */
        get: operations["getDriverReasons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's receipts, the newest first */
        get: operations["listDriverReceipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/receipts/{receiptId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A receipt, byte for byte as it was issued; `npx fairmile verify` re-derives it */
        get: operations["getDriverReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/receipts/{receiptId}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That a receipt is in its day’s tree; 404 until the day’s root is published, shortly after midnight UTC */
        get: operations["getDriverReceiptProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The few habits that would lower the risk most, with what they would change in score and price, and its interval */
        get: operations["getDriverRecommendations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/rewards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Balance, streak, weeks, achievements, challenges and offers of a driver */
        get: operations["getDriverRewards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/rewards/challenges/{challengeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Join a challenge from now on */
        put: operations["setDriverRewardsChallenge"];
        post?: never;
        /** Leave a challenge */
        delete: operations["deleteDriverRewardsChallenge"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/rewards/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Movements of points on a driver’s account, the newest first */
        get: operations["listDriverRewardsEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/rewards/leader-board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take part in a leader board, or no more */
        put: operations["setDriverRewardsLeaderBoard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/rewards/redemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Spend one’s points on an offer; the same Idempotency-Key never spends twice */
        post: operations["createDriverRewardsRedemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's newest risk score with its interval and reasons, or how many kilometres are missing until one is told; 404 before the first trip */
        get: operations["getDriverScore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's trips added up over 7, 30 or 90 days before the end of the newest; 404 before the first */
        get: operations["getDriverStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/telematics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a driver drove in a month, an hour and a half a point */
        get: operations["getDriverTelematics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's safety score by day, with its interval; `periodDays` asks for scores of another period, which are neither shown nor priced */
        get: operations["getDriverTrend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/trips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driver's trips, the newest first */
        get: operations["listDriverTrips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers/{driverId}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What score and price would be with other features, or without some events; nothing is stored */
        post: operations["askWhatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A driving event with ten seconds on both sides */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{eventId}/contest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contest an event: it counts for nothing until it is ruled on; once a driver, within 30 days */
        post: operations["createEventContest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{eventId}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an event was judged on: ten seconds on both sides, limit, slope, calibration, grade and its reasons */
        get: operations["getEventTrace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/fleet/hour": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the devices were last in an hour, and how they were driven; 500 at most, those of the highest risk */
        get: operations["getFleetHour"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leader-boards/{boardId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A leader board of the newest closed week, without names */
        get: operations["getLeaderBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket for one live socket, for clients that cannot send header or cookie: `/api/v1/live?ticket=…`, within 30 s */
        post: operations["issueLiveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rating plans, the newest first; drafts are seen by admins alone */
        get: operations["getPlans"];
        put?: never;
        /** Submit a rating plan as a draft; over a draft of its id, which must be simulated anew */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{planId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rating plan with what was done with it; to others than admins what an approved one says, and no more */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{planId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a draft that was simulated; never by whom it was submitted */
        post: operations["createPlanApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{planId}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Price the portfolio by the plan, and keep what it would do */
        post: operations["createPlanSimulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{planId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take no new policies under the plan; those there are go on */
        post: operations["createPlanWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** JSON Schema of a rating plan, draft 2020-12 */
        get: operations["getPlansSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Insure a vehicle for a driver */
        post: operations["createPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{policyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A policy with its state and history */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{policyId}/bill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bill the periods of a policy that are over, 24 at most; one with a pending contest waits for the ruling */
        post: operations["createPolicyBill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{policyId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a policy early; what stands still is charged to that day alone */
        post: operations["createPolicyCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{policyId}/endorse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Insure another car, by another plan, or for another place or class, from a day of the term on */
        post: operations["createPolicyEndorse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{policyId}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a policy was asked for and given back, the newest entry first */
        get: operations["listPolicyLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{policyId}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bind the next term of a policy */
        post: operations["createPolicyRenew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pricing/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a term would cost by a plan, for an average driver or by the score of one, with each step; nothing is bound and nothing is kept */
        post: operations["createPricingQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pricing/roots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed roots of the days’ receipts, the newest first; no log-in is needed */
        get: operations["listPricingRoots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pricing/roots/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed root of a day’s receipts; no log-in is needed */
        get: operations["getPricingRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/risk/batch-calculate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calculate the scores of many drivers anew; a job works it off, and each changed score of 30 days is priced anew; scores of other days are in the trend of their period alone */
        post: operations["createRiskBatchCalculate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/risk/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that calculate scores, the newest first */
        get: operations["listRiskJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/risk/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a job is */
        get: operations["getRiskJob"];
        put?: never;
        post?: never;
        /** Cancel a job: what is stored stays, and it ends after the batch under way; one that has ended stays as it is */
        delete: operations["deleteRiskJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/risk/jobs/{jobId}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drivers of a job who could not be scored, and why */
        get: operations["listRiskJobFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/risk/jobs/{jobId}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a job is, as it goes on (server-sent events `progress`, and `end` with the last); it ends with the job */
        get: operations["getRiskJobStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/compatibility/subjects/{subject}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a schema could be the next version of a subject, by its level */
        post: operations["checkSchema"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/compatibility/subjects/{subject}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a schema could follow a version, by the level of its subject */
        post: operations["checkSchemaAgainstVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Level of subjects that have none of their own */
        get: operations["getSchemaRegistryConfig"];
        /** Set the level of subjects that have none of their own */
        put: operations["setSchemaRegistryConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/config/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The level of a subject */
        get: operations["getSchemaRegistryConfigOfSubject"];
        /** Set the level of a subject */
        put: operations["setSchemaRegistryConfigOfSubject"];
        post?: never;
        /** Take the level of a subject away */
        delete: operations["deleteSchemaRegistryConfig"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/schemas/fingerprints/{fingerprint}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions whose batches carry a fingerprint (CRC-64-AVRO, 16 hex digits) */
        get: operations["getSchemaRegistrySchemasFingerprint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/schemas/ids/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A schema by its id */
        get: operations["getSchemaRegistrySchemasId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/schemas/ids/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a schema is registered */
        get: operations["getSchemaRegistrySchemasIdVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/schemas/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kinds of schemas that are taken */
        get: operations["getSchemaRegistrySchemasTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subjects of the schema registry */
        get: operations["getSchemaRegistrySubjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/subjects/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which version of a subject a schema is */
        post: operations["lookUpSchema"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/subjects/{subject}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a subject */
        get: operations["getSchemaRegistrySubjectVersions"];
        put?: never;
        /** Register a schema as the next version of a subject; one that is there stays what it is */
        post: operations["registerSchema"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/subjects/{subject}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a subject, by its number or "latest" */
        get: operations["getSchemaRegistrySubjectVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schema-registry/subjects/{subject}/versions/{version}/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schema of a version alone */
        get: operations["getSchemaRegistrySubjectVersionSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A trip; while it runs its sums are null and its events those stored so far */
        get: operations["getTrip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/driver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who drove a trip: scores and premiums of both drivers follow */
        post: operations["reassignTrip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events of a trip, in order of time */
        get: operations["getTripEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A trip with every second and event, as one file */
        get: operations["getTripExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/path": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The path of a trip in at most 500 points */
        get: operations["getTripPath"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/premium": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the term to date costs with a trip and without it, for the driver whose policy pays for it; null for a trip that is in no price of theirs */
        get: operations["getTripPremium"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A trip's statistics by the car, the cloud's own account of its telematics, and whether they agree; 404 while it runs */
        get: operations["getTripStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trips/{tripId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of a trip with why it came to be, the newest first */
        get: operations["getTripVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdminDriver: {
            /** Format: date-time */
            createdAt: string;
            devices: number;
            disabled: boolean;
            email: string;
            /** Format: date-time */
            heardAt: string | null;
            id: string;
            missingKm: number | null;
            name: string;
            plans: string[];
            policies: number;
            score: {
                /** Format: date-time */
                calculatedAt: string;
                high: number;
                judgedKm: number;
                low: number;
                safetyScore: number;
            } | null;
            userId: string;
        };
        AdminOverview: {
            activePolicies: number;
            activity: {
                /** Format: date */
                day: string;
                drivers: number;
                gradableKm: number;
                km: number;
                trips: number;
            }[];
            /** Format: date-time */
            at: string;
            devices: {
                claimed: number;
                heard: number;
            };
            driven: {
                days7: {
                    km: number;
                    trips: number;
                };
                days30: {
                    km: number;
                    trips: number;
                };
                today: {
                    km: number;
                    trips: number;
                };
            };
            drivers: number;
            events: {
                counted: number;
                /** Format: date */
                day: string;
                events: number;
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            }[];
            health: {
                cacheHitRate: number | null;
                database: {
                    /** @enum {string} */
                    kind: "embedded" | "server";
                    sizeBytes: number;
                };
                deadLetters: {
                    /** Format: date-time */
                    newestAt: string | null;
                    waiting: number;
                };
                deliveries: {
                    consumer: string;
                    dead: number;
                    lagS: number | null;
                    pending: number;
                }[];
                jobs: {
                    does: string;
                    /** Format: date-time */
                    endedAt: string | null;
                    error: string | null;
                    job: string;
                    state: string | null;
                }[];
            };
            premiums: {
                currency: string;
                meanDiscountPpm: number;
                monthMinor: number;
                policies: number;
                premiumMinor: number;
            }[];
            scores: {
                bins: number[];
                interval: {
                    high: number;
                    low: number;
                } | null;
                mean: number | null;
                scored: number;
                unscored: number;
            };
        };
        AdminPolicy: {
            driver: {
                id: string;
                name: string;
            };
            /** Format: date */
            endsOn: string;
            id: string;
            /** @enum {string} */
            outcome: "active" | "renewed" | "endorsed" | "cancelled" | "voided";
            planId: string;
            premium: {
                currency: string;
                discountPpm: number;
                monthMinor: number;
                premiumMinor: number;
            } | null;
            renewal: {
                id: string;
                planId: string;
            } | null;
            /** Format: date */
            startsOn: string;
            /** @enum {string} */
            state: "upcoming" | "active" | "ended" | "voided";
            vehicle: {
                id: string;
                name: string;
            };
        };
        AdminRedemption: {
            currency: string;
            driverId: string | null;
            driverName: string | null;
            id: string;
            /** @enum {string} */
            kind: "voucher" | "donation" | "deductible_credit" | "premium_credit";
            /** Format: date-time */
            madeAt: string;
            offerId: string;
            points: number;
            reason: string | null;
            /** Format: date-time */
            settledAt: string | null;
            settledBy: string | null;
            /** @enum {string} */
            state: "open" | "fulfilled" | "refused";
            title: string;
            valueMinor: number;
        };
        AdminUser: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            disabledAt: string | null;
            driverId: string | null;
            email: string;
            id: string;
            invited: boolean;
            name: string;
            /** @enum {string} */
            role: "driver" | "admin";
        };
        ApprovePlanBody: {
            hash: string;
            note: string;
        };
        /**
         * @example {
         *       "email": "driver@example.com"
         *     }
         */
        AskPasswordLinkBody: {
            /** Format: email */
            email: string;
        };
        Billed: {
            more: boolean;
            periods: number;
            putOffBy: string | null;
        };
        BoardMembership: {
            boardId: string;
            takesPart: boolean;
        };
        BulkItem: {
            change: string;
            detail: string | null;
            id: string;
            label: string;
            /** @enum {string} */
            state: "waiting" | "done" | "skipped" | "failed";
        };
        BulkPreview: {
            /** @enum {string} */
            action: "move-policies" | "disable-users" | "device-settings" | "rescore-drivers";
            changes: number;
            /** Format: date-time */
            expiresAt: string;
            items: {
                change: string;
                id: string;
                label: string;
                warning: string | null;
            }[];
            selected: number;
            token: string;
            warnings: {
                items: number;
                warning: string;
            }[];
        };
        BulkRun: {
            /** @enum {string} */
            action: "move-policies" | "disable-users" | "device-settings" | "rescore-drivers";
            by: string;
            counts: {
                done: number;
                failed: number;
                skipped: number;
                waiting: number;
            };
            /** Format: date-time */
            endedAt: string | null;
            id: string;
            jobId: string | null;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            state: "previewed" | "waiting" | "running" | "done";
        };
        /**
         * @example {
         *       "tags": [
         *         "driver:DRV-0001"
         *       ]
         *     }
         */
        CacheInvalidation: {
            tags: string[];
        } | {
            pattern: string;
        };
        CacheStatistics: {
            memory: {
                bytes: number;
                entries: number;
                evicted: number;
                maxBytes: number;
            };
            redis: {
                owed: number;
                /** @enum {string} */
                state: "ready" | "away" | "slow";
            } | null;
            routes: {
                far: number;
                hit: number;
                hitRate: number | null;
                miss: number;
                route: string;
                shared: number;
                ttlS: number;
            }[];
        };
        CancelPolicyBody: {
            /** Format: date */
            on: string;
            reason: string;
        };
        ClaimDeviceBody: {
            claimCode: string;
            publicKey: string;
        };
        ClaimedDevice: {
            authority?: string;
            certificate?: string;
            deviceId: string;
            mqttPassword: string;
            mqttUrl: string;
        };
        CloudAccount: {
            accelerationMeanMps2: number | null;
            accelerationPeakMps2: number | null;
            aLatPeakHistS: number[];
            aLongPeakHistS: number[];
            brakingMeanMps2: number | null;
            brakingPeakMps2: number | null;
            bridgedM: number;
            completeness: number | null;
            /** Format: date-time */
            computedAt: string;
            corneringMeanMps2: number | null;
            corneringPeakMps2: number | null;
            distanceM: number;
            durationS: number;
            events: {
                /** @enum {string} */
                band: "log" | "coach" | "count";
                count: number;
                /** @enum {string} */
                grade: "A" | "B" | "C";
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            }[];
            expectedSeconds: number;
            idleS: number;
            imuS: number;
            limitKnownS: number;
            movingS: number;
            overLimitS: number;
            seconds: number;
            speedHistS: number[];
            speedMaxMps: number;
            speedSquareSum: number;
            speedSum: number;
            stops: number;
            version: number;
        } | null;
        Contest: {
            driverId: string;
            event: {
                /** @enum {string} */
                band: "log" | "coach" | "count";
                /** @enum {string} */
                grade: "A" | "B" | "C";
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
                limitKmh: number | null;
                peak: number;
                /** Format: date-time */
                startAt: string;
            };
            eventId: string;
            /** @example CON-8F3K2M7Q9R */
            id: string;
            limitKmh: number | null;
            onBehalf: boolean;
            /** Format: date-time */
            openedAt: string;
            policyId: string | null;
            /** @enum {string} */
            reason: "emergency" | "road" | "wrong_limit" | "sensor" | "not_me" | "other";
            /** Format: date-time */
            ruleBy: string;
            rulings: components["schemas"]["ContestRuling"][];
            /** Format: date-time */
            settledAt: string | null;
            /** @enum {string} */
            state: "open" | "awaiting_second" | "upheld" | "rejected" | "withdrawn";
            text: string;
            tripId: string;
            version: number;
        };
        ContestDetail: {
            after: components["schemas"]["ScoreAndPremium"] | null;
            before: components["schemas"]["ScoreAndPremium"];
            driverId: string;
            effect: {
                currency: string;
                needsSecond: boolean;
                premiumMinor: number;
                risk: number | null;
                without: {
                    premiumMinor: number;
                    risk: number | null;
                };
            } | null;
            event: {
                /** @enum {string} */
                band: "log" | "coach" | "count";
                /** @enum {string} */
                grade: "A" | "B" | "C";
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
                limitKmh: number | null;
                peak: number;
                /** Format: date-time */
                startAt: string;
            };
            eventId: string;
            givenBackMinor: number | null;
            /** @example CON-8F3K2M7Q9R */
            id: string;
            limitKmh: number | null;
            onBehalf: boolean;
            /** Format: date-time */
            openedAt: string;
            policyId: string | null;
            /** @enum {string} */
            reason: "emergency" | "road" | "wrong_limit" | "sensor" | "not_me" | "other";
            /** Format: date-time */
            ruleBy: string;
            rulings: components["schemas"]["ContestRuling"][];
            /** Format: date-time */
            settledAt: string | null;
            /** @enum {string} */
            state: "open" | "awaiting_second" | "upheld" | "rejected" | "withdrawn";
            suspended: components["schemas"]["ScoreAndPremium"] | null;
            text: string;
            tripId: string;
            version: number;
        };
        ContestRuling: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            by: "admin" | "silence" | "driver";
            drivenBy: string | null;
            effectMinor: number | null;
            grounds: string;
            limit: {
                /** Format: date-time */
                from: string | null;
                limitKmh: number;
                radiusM: number | null;
                /** Format: date-time */
                until: string | null;
            } | null;
            /** @enum {string} */
            ruling: "upheld" | "rejected" | "withdrawn";
            settles: boolean;
            userId: string | null;
        };
        CrashDetail: {
            deltaVMps: number;
            directionDeg: number | null;
            felt: {
                ax: number[];
                ay: number[];
                az: number[];
                offsetMs: number[];
            };
            peakMps2: number;
            rateHz: number;
            rolledOver: boolean;
            saturated: boolean;
        } | null;
        CreatedDevice: {
            claimCode: string;
            id: string;
        };
        /**
         * @example {
         *       "policyId": "POL-8F3K2M7Q9R"
         *     }
         */
        CreateDeviceBody: {
            /** @example POL-8F3K2M7Q9R */
            policyId: string;
        } | {
            /** @example VEH-8F3K2M7Q9R */
            vehicleId: string;
        };
        /**
         * @example {
         *       "name": "Ada Berger",
         *       "email": "ada@example.com",
         *       "password": "a long password"
         *     }
         */
        CreateDriverBody: {
            /** Format: email */
            email: string;
            name: string;
            password?: string;
        };
        CreatedWebhook: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            eventTypes: string[];
            id: string;
            secret: string;
            url: string;
        };
        /**
         * @example {
         *       "driverId": "DRV-0001",
         *       "vehicle": {
         *         "name": "Family car"
         *       },
         *       "planId": "fairmile-1",
         *       "startsOn": "2026-01-01",
         *       "endsOn": "2026-12-31"
         *     }
         */
        CreatePolicyBody: {
            /** @example DRV-0001 */
            driverId: string;
            /** Format: date */
            endsOn: string;
            planId: string;
            /**
             * @description what it tells its plan: jurisdiction and classes
             * @default {}
             */
            rated: {
                classes?: {
                    [key: string]: string;
                };
                jurisdiction?: string;
            };
            /** Format: date */
            startsOn: string;
            vehicle: {
                name: string;
            };
        };
        /**
         * @example {
         *       "name": "Robin Weber",
         *       "email": "robin@example.com"
         *     }
         */
        CreateUserBody: {
            /** Format: email */
            email: string;
            name: string;
            password?: string;
        };
        CreateWebhookBody: {
            eventTypes: ("TripCompleted" | "DriverFeaturesUpdated" | "RiskScoreCalculated" | "PremiumUpdated" | "DriverCreated" | "DriverUpdated" | "SafetyAlert" | "ContestOpened" | "ContestRuled" | "PointsRedeemed" | "RedemptionSettled" | "PolicyChanged" | "PointsCorrected")[];
            /** Format: uri */
            url: string;
        };
        DeadDelivery: {
            attempts: number;
            consumer: string;
            error: string | null;
            event: components["schemas"]["DomainCloudEvent"];
            /** Format: date-time */
            nextAttemptAt: string;
            /** @enum {string} */
            state: "ready" | "queued" | "done" | "dead";
        };
        DeadLetter: {
            acked: boolean;
            detail: string;
            deviceId: string | null;
            hasPayload: boolean;
            id: string;
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            replayedAt: string | null;
            replayedBy: string | null;
            sizeBytes: number;
            topic: string;
            tries: number;
        };
        DeadLetterDetail: {
            acked: boolean;
            batch: {
                boot: number;
                deviceId: string;
                fingerprint: string;
                firstSeq: number;
                lane: string;
                lastSeq: number;
            } | null;
            detail: string;
            deviceId: string | null;
            hasPayload: boolean;
            id: string;
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            replayedAt: string | null;
            replayedBy: string | null;
            sizeBytes: number;
            topic: string;
            tries: number;
        };
        DeadLetterReplay: {
            letters: components["schemas"]["ReplayedLetter"][];
            more: boolean;
        };
        /**
         * @example {
         *       "reason": "unknown_device",
         *       "dryRun": true
         *     }
         */
        DeadLetterReplayBody: {
            deviceId?: string;
            dryRun?: boolean;
            ids?: string[];
            reason?: string;
        };
        DeliveredEvent: {
            deliveries: components["schemas"]["Delivery"][];
            event: components["schemas"]["DomainCloudEvent"];
        };
        Delivery: {
            attempts: number;
            consumer: string;
            error: string | null;
            /** Format: date-time */
            nextAttemptAt: string;
            /** @enum {string} */
            state: "ready" | "queued" | "done" | "dead";
        };
        Device: {
            /** Format: date-time */
            claimedAt: string | null;
            driverId: string | null;
            id: string;
            /** Format: date-time */
            lastSeenAt: string | null;
            vehicle: {
                id: string;
                name: string;
            };
        };
        DeviceCare: {
            commands: {
                /** Format: date-time */
                answeredAt: string | null;
                /** Format: date-time */
                createdAt: string;
                detail: string | null;
                id: string;
                /** @enum {string|null} */
                result: "done" | "refused" | "unknown" | null;
                type: string;
            }[];
            report: {
                agentVersion: string;
                at: number;
                figures?: {
                    [key: string]: number | string | boolean | null;
                };
                findings: {
                    detail: string;
                    name: string;
                    /** @enum {string} */
                    result: "ok" | "warning" | "failed" | "skipped";
                }[];
                ok: boolean;
                /** Format: date-time */
                receivedAt: string;
            } | null;
            settings: {
                /** @enum {string} */
                logLevel?: "error" | "warn" | "info" | "debug";
                timeZone?: string;
                version: number;
            };
            state: {
                agentVersion: string;
                answers?: {
                    detail: string;
                    id: string;
                    /** @enum {string} */
                    result: "done" | "refused" | "unknown";
                }[];
                at: number;
                boot: number;
                config?: {
                    refused: string | null;
                    version: number;
                };
                online: boolean;
                outbox?: {
                    dropped: {
                        raw: number;
                        telematics: number;
                    };
                    setAside: number;
                    writtenBytesPerHour: number | null;
                };
                /** Format: date-time */
                receivedAt: string;
                wire?: number;
            } | null;
        };
        DeviceChain: {
            ackedSeq: number;
            boot: number;
            dropped: number;
            lane: string;
            missing: {
                firstSeq: number;
                lastSeq: number;
            }[];
            openEnds: number[];
            rejected: number;
        };
        DeviceChains: {
            items: components["schemas"]["DeviceChain"][];
        };
        /**
         * @example {
         *       "type": "doctor"
         *     }
         */
        DeviceCommandBody: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            type: "send_raw";
        } | {
            /** @enum {string} */
            type: "doctor";
        };
        DeviceCommandId: {
            id: string;
        };
        DeviceGap: {
            boot: number;
            dropped: number;
            /** Format: date-time */
            droppedAt: string;
            firstSeq: number;
            lane: string;
            lastSeq: number;
            /** @enum {string} */
            reason: "no_room" | "ring" | "corrupt";
            /** Format: date-time */
            receivedAt: string;
        };
        DeviceSettingsBody: {
            /** @enum {string} */
            logLevel?: "error" | "warn" | "info" | "debug";
            timeZone?: string;
        };
        DeviceSettingsVersion: {
            version: number;
        };
        DisableUsers: {
            users: {
                ids: string[];
            } | {
                /** @enum {string} */
                role?: "driver" | "admin";
                search: string;
            };
        };
        DomainCloudEvent: {
            causedby?: string;
            correlationid: string;
            data: {
                deviceId: string;
                driverId: string;
                endAt: number;
                policyId: string;
                startAt: number;
                tripId: string;
                tripIds?: string[];
                version?: number;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:TripCompleted:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.TripCompleted.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                driverId: string;
                intervalHalfWidth: number;
                policyId: string;
                risk: number;
                tripId: string;
                version: number;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:RiskScoreCalculated:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.RiskScoreCalculated.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                currency: string;
                discountPpm: number;
                driverId: string;
                policyId: string;
                premiumMinor: number;
                receiptId: string;
                version: number;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:PremiumUpdated:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.PremiumUpdated.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                driverId: string;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:DriverCreated:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.DriverCreated.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                changed: ("name" | "email")[];
                driverId: string;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:DriverUpdated:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.DriverUpdated.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                alert: {
                    at: number;
                    /** @enum {string} */
                    band: "log" | "coach" | "count";
                    eventId: string;
                    /** @enum {string} */
                    kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
                    lat: number | null;
                    lon: number | null;
                    speedMps: number | null;
                    tripId: string;
                    value: number;
                };
                deviceId: string;
                driverId: string | null;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:SafetyAlert:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.SafetyAlert.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                contestId: string;
                driverId: string;
                eventId: string;
                /** @enum {string} */
                reason: "emergency" | "road" | "wrong_limit" | "sensor" | "not_me" | "other";
                ruleBy: number;
                tripId: string;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:ContestOpened:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.ContestOpened.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                /** @enum {string} */
                by: "admin" | "silence" | "driver";
                contestId: string;
                driverId: string;
                eventId: string;
                /** @enum {string} */
                ruling: "upheld" | "rejected" | "withdrawn";
                tripId: string;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:ContestRuled:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.ContestRuled.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                currency: string;
                driverId: string;
                /** @enum {string} */
                kind: "voucher" | "donation" | "deductible_credit" | "premium_credit";
                offerId: string;
                points: number;
                redemptionId: string;
                valueMinor: number;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:PointsRedeemed:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.PointsRedeemed.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                backPoints?: number;
                driverId: string;
                redemptionId: string;
                /** @enum {string} */
                state: "fulfilled" | "refused";
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:RedemptionSettled:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.RedemptionSettled.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                changeId: number;
                driverId: string;
                /** @enum {string} */
                kind: "bound" | "renewed" | "endorsed" | "cancelled" | "voided" | "restored";
                /** Format: date */
                onDay: string;
                policyId: string;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:PolicyChanged:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.PolicyChanged.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                balance: number;
                driverId: string;
                points: number;
                transactionId: string;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:PointsCorrected:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.PointsCorrected.v1";
        } | {
            causedby?: string;
            correlationid: string;
            data: {
                asOf: number;
                driverId: string;
                exposureKm: number;
                judgedKm: number;
                tripId: string;
                trips: number;
            };
            /** @enum {string} */
            datacontenttype: "application/json";
            /** @enum {string} */
            dataschema: "urn:fairmile:domain-event:DriverFeaturesUpdated:v1";
            id: string;
            /** @enum {string} */
            source: "urn:fairmile:cloud";
            /** @enum {string} */
            specversion: "1.0";
            subject: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            type: "fairmile.DriverFeaturesUpdated.v1";
        };
        Driver: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            id: string;
            name: string;
            policies: components["schemas"]["Policy"][];
        };
        DriverFeatures: {
            /** Format: date-time */
            asOf: string;
            /** Format: date-time */
            computedAt: string;
            driverId: string;
            exposureKm: number;
            features: {
                name: string;
                unit: string;
                value: number | null;
            }[];
            featureVersion: number;
            judgedKm: number;
            model: {
                featureVersion: number;
                name: string;
                version: string;
            } | null;
            periodDays: number;
            trips: number;
        };
        DriverFilter: {
            active?: boolean;
            plan?: string;
            scoreFrom?: number;
            scoreTo?: number;
            /**
             * @description beginning of an id, or of words of name and e-mail address
             * @example ber
             */
            search?: string;
            silent?: boolean;
            unscored?: boolean;
        };
        DriverMonth: {
            driverId: string;
            month: string;
            points: components["schemas"]["MonthPoint"][];
        };
        DriverReasons: {
            base: number;
            /** Format: date-time */
            calculatedAt: string;
            driverId: string;
            exposureKm: number;
            features: components["schemas"]["FeatureReason"][];
            judgedKm: number;
            margin: number | null;
            minimumKm: number;
            missingKm: number;
            model: {
                name: string;
                version: string;
            };
            periodDays: number;
            portfolioMargin: number;
            /** @enum {string} */
            status: "scored" | "unscored";
            trips: number;
            version: number;
        };
        DriverStatisticsReport: {
            days: number;
            driverId: string;
            /** Format: date-time */
            from: string;
            statistics: components["schemas"]["DrivingStatistics"];
            trips: number;
            /** Format: date-time */
            until: string;
        };
        DrivingEventDetail: {
            /** @enum {string} */
            band: "log" | "coach" | "count";
            /** @enum {string|null} */
            contest: "open" | "awaiting_second" | "upheld" | "rejected" | "withdrawn" | null;
            crash: components["schemas"]["CrashDetail"];
            /** Format: date-time */
            endAt: string;
            endSpeedMps: number | null;
            /** @enum {string} */
            grade: "A" | "B" | "C";
            gradeReasons: string[];
            id: string;
            /** @enum {string} */
            kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            lat: number | null;
            limitKmh: number | null;
            lon: number | null;
            peak: number;
            /** Format: date-time */
            startAt: string;
            startSpeedMps: number | null;
            trace: {
                aLat: (number | null)[];
                aLong: (number | null)[];
                lat: (number | null)[];
                lon: (number | null)[];
                offsetMs: number[];
                speedMps: (number | null)[];
            } | null;
            tripId: string;
            trueLimit: {
                /** @enum {string|null} */
                band: "log" | "coach" | "count" | null;
                limitKmh: number;
            } | null;
        };
        DrivingEventEvidence: {
            /** @enum {string} */
            band: "log" | "coach" | "count";
            calibration: {
                maxSigmaG: number;
                /** @enum {string} */
                state: "within" | "beyond" | "unknown" | "not_asked";
            };
            contest: components["schemas"]["Contest"] | null;
            /** Format: date-time */
            contestableUntil: string;
            /** Format: date-time */
            endAt: string;
            eventId: string;
            /** @enum {string} */
            grade: "A" | "B" | "C";
            gradeReasons: string[];
            /** @enum {string} */
            kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            limitKmh: number | null;
            seconds: {
                altM: (number | null)[];
                limitKmh: (number | null)[];
                offsetMs: number[];
                quality: number[];
                slope: (number | null)[];
            };
            /** Format: date-time */
            startAt: string;
            trace: {
                acrossG: (number | null)[];
                alongG: (number | null)[];
                lat: (number | null)[];
                lon: (number | null)[];
                offsetMs: number[];
                speedMps: (number | null)[];
            } | null;
        };
        DrivingEventList: {
            items: components["schemas"]["DrivingEventSummary"][];
        };
        DrivingEventSummary: {
            /** @enum {string} */
            band: "log" | "coach" | "count";
            /** @enum {string|null} */
            contest: "open" | "awaiting_second" | "upheld" | "rejected" | "withdrawn" | null;
            /** Format: date-time */
            endAt: string;
            endSpeedMps: number | null;
            /** @enum {string} */
            grade: "A" | "B" | "C";
            gradeReasons: string[];
            id: string;
            /** @enum {string} */
            kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            lat: number | null;
            limitKmh: number | null;
            lon: number | null;
            peak: number;
            /** Format: date-time */
            startAt: string;
            startSpeedMps: number | null;
            tripId: string;
            trueLimit: {
                /** @enum {string|null} */
                band: "log" | "coach" | "count" | null;
                limitKmh: number;
            } | null;
        };
        DrivingStatistics: {
            aLatHistS: number[];
            aLatSquareSum: number;
            aLongHistS: number[];
            aLongSquareSum: number;
            distanceM: number;
            durationS: number;
            events: {
                /** @enum {string} */
                band: "log" | "coach" | "count";
                count: number;
                /** @enum {string} */
                grade: "A" | "B" | "C";
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            }[];
            gradableM: number;
            hourHistS: number[];
            idleS: number;
            imuS: number;
            jerkHistS: number[];
            jerkSquareSum: number;
            limitKnownS: number;
            movingS: number;
            overLimitS: number[];
            phoneKnownS: number;
            phoneS: number;
            riskS: number;
            riskSum: number;
            speedHistS: number[];
            speedMaxMps: number;
            speedSquareSum: number;
            speedSum: number;
            stops: number;
            weekendS: number;
        };
        EdgeCloudAgreement: {
            agreeing: number;
            compared: number;
            days: number;
            differing: {
                [key: string]: number;
            };
            notCompared: {
                [key: string]: number;
            };
            share: number | null;
        };
        EndorsePolicyBody: {
            /** Format: date */
            on: string;
            planId?: string;
            /** @description in place of all that it told its plan: jurisdiction and classes */
            rated?: {
                classes?: {
                    [key: string]: string;
                };
                jurisdiction?: string;
            };
            reason: string;
            vehicle?: {
                name: string;
            };
        };
        FeatureChange: {
            feature: string;
            to: number;
        } | {
            feature: string;
            times: number;
        };
        FeatureReason: {
            advice: string | null;
            code: string;
            /** @enum {string} */
            direction: "raises" | "lowers";
            feature: string;
            noAdvice: string | null;
            shap: number;
            text: string;
            unit: string;
            value: number | null;
        };
        FleetHour: {
            /** Format: date-time */
            from: string;
            points: components["schemas"]["FleetPoint"][];
            /** Format: date-time */
            to: string;
        };
        FleetPoint: {
            at: string;
            deviceId: string;
            headingDeg: number | null;
            lat: number | null;
            lon: number | null;
            riskMax: number | null;
            seconds: number;
            speedMeanMps: number | null;
            speedMps: number | null;
        };
        LeaderBoard: {
            id: string;
            leastDrivers: number;
            own: {
                of: number;
                place: number;
                points: number;
            } | null;
            rows: {
                name: string;
                own: boolean;
                place: number;
                points: number;
            }[];
            shown: boolean;
            title: string;
            /** Format: date */
            week: string | null;
        };
        LiveTicket: {
            /** Format: date-time */
            expiresAt: string;
            ticket: string;
        };
        /**
         * @example {
         *       "email": "driver@example.com",
         *       "password": "a long password"
         *     }
         */
        LoginBody: {
            /** Format: email */
            email: string;
            password: string;
        };
        /**
         * @example {
         *       "kind": "portfolio",
         *       "period": "2026-05"
         *     }
         */
        MakeReportBody: {
            /** @enum {string} */
            kind: "portfolio" | "loss-by-plan" | "discount" | "contests" | "data-quality";
            /** @example 2026-05 */
            period: string;
        };
        ModelDrift: {
            days: number;
            drivers: number;
            features: {
                name: string;
                observations: number;
                psi: number | null;
                /** @enum {string} */
                verdict: "stable" | "watch" | "act" | "too few";
            }[];
            model: string;
            score: {
                observations: number;
                psi: number | null;
                /** @enum {string} */
                verdict: "stable" | "watch" | "act" | "too few";
            } | null;
            version: string | null;
        };
        ModelRegistry: {
            changes: components["schemas"]["ModelStageChange"][];
            versions: components["schemas"]["ModelVersion"][];
        };
        /**
         * @example {
         *       "note": "Scores drift"
         *     }
         */
        ModelRollbackBody: {
            note: string;
        };
        /** @enum {string} */
        ModelStage: "candidate" | "shadow" | "live" | "retired";
        /**
         * @example {
         *       "stage": "shadow",
         *       "note": "To be watched for a week"
         *     }
         */
        ModelStageBody: {
            note: string;
            stage: components["schemas"]["ModelStage"];
        };
        ModelStageChange: {
            /** Format: date-time */
            at: string;
            by: string;
            from: components["schemas"]["ModelStage"] | null;
            note: string;
            to: components["schemas"]["ModelStage"];
            version: string;
        };
        ModelVersion: {
            by: string;
            manifestHash: string | null;
            name: string;
            note: string;
            /** Format: date-time */
            since: string;
            stage: components["schemas"]["ModelStage"];
            version: string;
        };
        MonthPoint: {
            aLatMax: number | null;
            aLongMax: number | null;
            aLongMin: number | null;
            at: string;
            riskMax: number | null;
            riskMean: number | null;
            seconds: number;
            speedMaxMps: number | null;
            speedMeanMps: number | null;
        };
        /**
         * @example {
         *       "policies": {
         *         "plan": "fairmile-1",
         *         "endsWithin": 60
         *       },
         *       "toPlan": "fairmile-2"
         *     }
         */
        MovePolicies: {
            policies: {
                ids: string[];
            } | {
                endsWithin: number;
                plan: string;
            };
            toPlan: string;
        };
        Notification: {
            /** Format: date-time */
            createdAt: string;
            data: Record<string, never>;
            id: string;
            /** @enum {string} */
            kind: "welcome";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                isFirst?: boolean;
                limit: number;
                risk: number;
            };
            id: string;
            /** @enum {string} */
            kind: "high_risk";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                contestId: string;
                effect?: {
                    currency: string;
                    premiumMinor: number;
                } | null;
                event?: {
                    /** @enum {string} */
                    band: "log" | "coach" | "count";
                    /** @enum {string} */
                    kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
                    /** Format: date-time */
                    startAt: string;
                } | null;
                eventId: string;
                limit?: {
                    counts: boolean;
                    isSpeeding: boolean;
                    limitKmh: number;
                } | null;
                ruling: string;
            };
            id: string;
            /** @enum {string} */
            kind: "contest_ruled";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                distanceM: number;
                isOnOwnPolicy?: boolean;
                /** Format: date-time */
                startAt: string;
                tripId: string;
            };
            id: string;
            /** @enum {string} */
            kind: "trip_assigned";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                backPoints?: number;
                points: number;
                reason: string | null;
                redemptionId: string;
                /** @enum {string} */
                state: "fulfilled" | "refused";
                title: string;
                titles?: {
                    [key: string]: string;
                };
            };
            id: string;
            /** @enum {string} */
            kind: "redemption_settled";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                change: "renewed" | "endorsed" | "cancelled" | "voided" | "restored";
                next: {
                    /** Format: date */
                    endsOn: string;
                    planId: string;
                    policyId: string;
                    vehicleName: string;
                } | null;
                /** Format: date */
                onDay: string;
                policyId: string;
                reason: string | null;
                vehicleName: string;
            };
            id: string;
            /** @enum {string} */
            kind: "policy_changed";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                balance: number;
                points: number;
                reason: string;
            };
            id: string;
            /** @enum {string} */
            kind: "points_corrected";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                days: number;
                deviceId: string;
                /** Format: date-time */
                heardAt: string;
            };
            id: string;
            /** @enum {string} */
            kind: "device_silent";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                at: number;
                /** @enum {string} */
                band: "log" | "coach" | "count";
                eventId: string;
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
                lat: number | null;
                lon: number | null;
                speedMps: number | null;
                tripId: string;
                value: number;
            };
            id: string;
            /** @enum {string} */
            kind: "safety_alert";
            /** Format: date-time */
            readAt: string | null;
        } | {
            /** Format: date-time */
            createdAt: string;
            data: {
                beforeMinor: number | null;
                beforeMonthMinor?: number | null;
                /** Format: date */
                billedTo?: string | null;
                currency: string;
                givenBackMinor?: number | null;
                monthMinor?: number;
                payableMinor?: number | null;
                policyId: string;
                premiumMinor: number;
                receiptId: string;
                refundedMinor?: number | null;
            };
            id: string;
            /** @enum {string} */
            kind: "premium_updated";
            /** Format: date-time */
            readAt: string | null;
        };
        NotificationAttempt: {
            /** Format: date-time */
            at: string;
            attempt: number;
            deliveryId: string;
            error: string | null;
            eventId: string | null;
            /** @enum {string} */
            outcome: "sent" | "retry" | "dead" | "dropped";
        };
        NotificationDelivery: {
            attempts: number;
            /** @enum {string} */
            channel: "email" | "push" | "webhook";
            /** Format: date-time */
            createdAt: string;
            error: string | null;
            eventId: string | null;
            id: string;
            /** Format: date-time */
            nextAttemptAt: string;
            notificationId: string | null;
            passwordLink: boolean;
            /** Format: date-time */
            settledAt: string | null;
            /** @enum {string} */
            state: "ready" | "sent" | "dead" | "dropped";
            target: string;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            nextCursor: string | null;
            unread: number;
        };
        NotificationPreferences: {
            channels: {
                contest_ruled: ("email" | "push")[];
                device_silent: ("email" | "push")[];
                high_risk: ("email" | "push")[];
                points_corrected: ("email" | "push")[];
                policy_changed: ("email" | "push")[];
                premium_updated: ("email" | "push")[];
                redemption_settled: ("email" | "push")[];
                safety_alert: ("email" | "push")[];
                trip_assigned: ("email" | "push")[];
                welcome: ("email" | "push")[];
            };
            /** @enum {string} */
            digest: "off" | "daily";
            /** @enum {string} */
            language: "en" | "de";
            offered: {
                email: boolean;
                pushKey: string | null;
            };
            quietHours: {
                from: string;
                to: string;
            } | null;
            timeZone: string;
            urgentByEmail?: ("welcome" | "high_risk" | "premium_updated" | "safety_alert" | "contest_ruled" | "trip_assigned" | "redemption_settled" | "policy_changed" | "points_corrected" | "device_silent")[];
        };
        NotificationPreferencesBody: {
            channels: {
                contest_ruled: ("email" | "push")[];
                device_silent: ("email" | "push")[];
                high_risk: ("email" | "push")[];
                points_corrected: ("email" | "push")[];
                policy_changed: ("email" | "push")[];
                premium_updated: ("email" | "push")[];
                redemption_settled: ("email" | "push")[];
                safety_alert: ("email" | "push")[];
                trip_assigned: ("email" | "push")[];
                welcome: ("email" | "push")[];
            };
            /** @enum {string} */
            digest: "off" | "daily";
            /** @enum {string} */
            language: "en" | "de";
            quietHours: {
                from: string;
                to: string;
            } | null;
            timeZone: string;
            urgentByEmail?: ("welcome" | "high_risk" | "premium_updated" | "safety_alert" | "contest_ruled" | "trip_assigned" | "redemption_settled" | "policy_changed" | "points_corrected" | "device_silent")[];
        };
        OpenContestBody: {
            limitKmh?: number;
            /** @enum {string} */
            reason: "emergency" | "road" | "wrong_limit" | "sensor" | "not_me" | "other";
            text: string;
        };
        PathPoint: {
            aLat: number | null;
            aLong: number | null;
            lat: number | null;
            limitKmh: number | null;
            lon: number | null;
            risk: number | null;
            speedMps: number | null;
            tS: number;
        };
        PlanSimulation: {
            afterMinor: number;
            beforeMinor: number;
            cleanUnits: {
                stretch: {
                    cleanSharePpm: number | null;
                    discountMinor: number;
                    totalMinor: number;
                };
                trip: {
                    cleanSharePpm: number | null;
                    discountMinor: number;
                    totalMinor: number;
                };
            };
            coverages: {
                afterMinor: number;
                beforeMinor: number;
                name: string;
            }[];
            currency: string;
            dislocation: {
                cheaper: number;
                dearer: number;
                largestPercent: number | null;
                meanPercent: number | null;
                steps: {
                    drivers: number;
                    name: string;
                }[];
            };
            distanceKm: number;
            events: {
                discountMinor: number;
                jointlyMinor: number;
                relativityMinor: number;
            };
            largest?: {
                falls: components["schemas"]["PremiumChange"][];
                rises: components["schemas"]["PremiumChange"][];
            };
            notRated: {
                policies: number;
                reason: string;
            }[];
            offBalance: {
                balancingFactor: number;
                ratio: number;
            } | null;
            plan: {
                /** @enum {string} */
                cleanUnit: "trip" | "stretch";
                id: string;
                version: string;
            };
            policies: number;
        } | null;
        Policy: {
            driverId: string;
            /** Format: date */
            endsOn: string;
            id: string;
            planId: string;
            rated?: components["schemas"]["Rated"];
            /** Format: date */
            startsOn: string;
            /** @enum {string} */
            state: "active" | "renewed" | "endorsed" | "cancelled" | "voided";
            vehicle: {
                id: string;
                name: string;
            };
        };
        PolicyDetail: {
            /** Format: date */
            billedUntil: string | null;
            driverId: string;
            /** Format: date */
            endsOn: string;
            follows: string | null;
            history: {
                changedBy: string;
                /** @enum {string} */
                kind: "bound" | "renewed" | "endorsed" | "cancelled" | "voided" | "restored";
                /** Format: date */
                onDay: string;
                reason: string;
                /** Format: date-time */
                recordedAt: string;
            }[];
            id: string;
            planId: string;
            rated?: components["schemas"]["Rated"];
            /** Format: date */
            startsOn: string;
            /** @enum {string} */
            state: "active" | "renewed" | "endorsed" | "cancelled" | "voided";
            vehicle: {
                id: string;
                name: string;
            };
        };
        Premium: {
            beforeDiscountMinor: number;
            billedMinor: number | null;
            /** Format: date */
            billedUntil: string | null;
            /** Format: date-time */
            calculatedAt: string;
            cleanSharePpm: number;
            credibilityPpm: number;
            currency: string;
            discountPpm: number;
            driverId: string;
            exposureKm: number;
            heldBackMinor: number | null;
            maxDiscountPpm: number;
            monthMinor: number;
            payableMinor: number | null;
            planId: string;
            policyId: string;
            premiumMinor: number;
            receiptId: string;
            relativityPpm: number;
            termDays: number;
            waivedMinor: number | null;
        };
        PremiumChange: {
            afterMinor: number;
            beforeMinor: number;
            driverId: string;
            percent: number | null;
            policyId: string;
        };
        PremiumEntry: {
            amountMinor: number;
            balanceMinor: number;
            correlationId: string;
            currency: string;
            /** @enum {string} */
            kind: "charge" | "correction" | "waiver" | "refund" | "cancellation" | "endorsement";
            receiptId: string;
            /** Format: date-time */
            recordedAt: string;
            seq: number;
            /** Format: date */
            throughDay: string;
        };
        Problem: {
            detail: string;
            errors?: {
                message: string;
                path: string;
            }[];
            instance: string;
            status: number;
            title: string;
            type: string;
        };
        PushSubscription: {
            id: string;
        };
        PushSubscriptionBody: {
            /** Format: uri */
            endpoint: string;
            keys: {
                auth: string;
                p256dh: string;
            };
        };
        Quote: {
            currency: string;
            days: number;
            driver: {
                cleanSharePpm: number;
                discountPpm: number;
                driverId: string;
                relativityPpm: number;
                scoreVersion: number;
            } | null;
            expectedKm: number;
            leastMinor: number;
            monthMinor: number;
            mostMinor: number;
            planId: string;
            premiumMinor: number;
            steps: {
                formula: string;
                name: string;
                /** @enum {string} */
                unit: "m" | "ppm" | "micro" | "minor" | "days";
                value: number;
            }[];
        };
        QuoteBody: {
            /** @default 365 */
            days: number;
            /** @example DRV-0001 */
            driverId?: string;
            expectedKm: number;
            planId: string;
            rated?: components["schemas"]["Rated"];
            /** Format: date */
            startsOn?: string;
        };
        Rated: {
            classes?: {
                [key: string]: string;
            };
            jurisdiction?: string;
        };
        RatingPlanDetail: {
            /** Format: date-time */
            approvedAt: string | null;
            approvedBy: string | null;
            approvedSimulation: components["schemas"]["PlanSimulation"];
            changes: {
                /** @enum {string} */
                action: "submitted" | "simulated" | "approved" | "withdrawn";
                /** Format: date-time */
                at: string;
                by: string;
                hash: string;
                note: string;
            }[];
            /** Format: date-time */
            createdAt: string;
            createdBy: string | null;
            /** Format: date */
            effectiveFrom: string;
            /** Format: date */
            effectiveUntil: string | null;
            hash: string;
            id: string;
            plan: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            simulatedAt: string | null;
            simulation: components["schemas"]["PlanSimulation"];
            state: components["schemas"]["RatingPlanState"];
            title: string;
            version: string;
        };
        RatingPlanList: {
            items: components["schemas"]["RatingPlanSummary"][];
        };
        /** @enum {string} */
        RatingPlanState: "draft" | "approved" | "withdrawn";
        RatingPlanSummary: {
            /** Format: date-time */
            approvedAt: string | null;
            approvedBy: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string | null;
            /** Format: date */
            effectiveFrom: string;
            /** Format: date */
            effectiveUntil: string | null;
            hash: string;
            id: string;
            state: components["schemas"]["RatingPlanState"];
            title: string;
            version: string;
        };
        RawChunk: {
            at: number;
            fixes: {
                altM: (number | null)[];
                courseDeg: (number | null)[];
                hdop: (number | null)[];
                lat: (number | null)[];
                lon: (number | null)[];
                offsetMs: number[];
                speedMps: (number | null)[];
            };
            imu: {
                ax: number[];
                ay: number[];
                az: number[];
                gx: (number | null)[];
                gy: (number | null)[];
                gz: (number | null)[];
                offsetMs: number[];
            };
        };
        RawChunkSummary: {
            /** Format: date-time */
            at: string;
            boot: number;
            bytes: number;
            seconds: number;
            seq: number;
        };
        ReadNotifications: {
            read: number;
            unread: number;
        };
        ReadNotificationsBody: {
            upTo: string;
        };
        /**
         * @example {
         *       "driverId": "DRV-0002",
         *       "reason": "Lent to a friend that day"
         *     }
         */
        ReassignTripBody: {
            /** @example DRV-0001 */
            driverId: string | null;
            reason: string;
        };
        ReceiptKey: {
            keyId: string;
            publicKey: string;
        };
        ReceiptKeys: {
            keys: components["schemas"]["ReceiptKey"][];
        };
        ReceiptProof: {
            index: number;
            path: string[];
            receiptId: string;
            record: components["schemas"]["ReceiptRoot"];
        };
        ReceiptRoot: {
            /** Format: date */
            day: string;
            /** @enum {string} */
            format: "fairmile-receipt-root/1";
            issuer: components["schemas"]["ReceiptKey"];
            leaves: number;
            previous: string | null;
            root: string;
            signature: string;
        };
        ReceiptSummary: {
            currency: string;
            discountPpm: number;
            hash: string;
            id: string;
            /** Format: date-time */
            issuedAt: string;
            policyId: string;
            premiumMinor: number;
        };
        Redemption: {
            balance: number;
            currency: string;
            id: string;
            /** @enum {string} */
            kind: "voucher" | "donation" | "deductible_credit" | "premium_credit";
            /** Format: date-time */
            madeAt: string;
            offerId: string;
            points: number;
            title: string;
            valueMinor: number;
        };
        RedemptionBody: {
            offerId: string;
        };
        RenewedSecret: {
            id: string;
            /** Format: date-time */
            previousUntil: string;
            secret: string;
        };
        RenewPolicyBody: {
            /** Format: date */
            endsOn?: string;
            planId?: string;
            /** @description in place of all that it told its plan: jurisdiction and classes */
            rated?: {
                classes?: {
                    [key: string]: string;
                };
                jurisdiction?: string;
            };
        };
        RenewSecretBody: {
            /** @default 24 */
            overlapHours: number;
        };
        /**
         * @example {
         *       "consumer": "risk"
         *     }
         */
        ReplayDeliveriesBody: {
            consumer: string;
            eventIds?: string[];
            /** @default 100 */
            limit: number;
        };
        ReplayedDeliveries: {
            replayed: number;
        };
        ReplayedLetter: {
            detail: string | null;
            deviceId: string | null;
            id: string;
            /** @enum {string} */
            outcome: "replayed" | "rejected" | "would_replay" | "not_replayable";
            reason: string | null;
        };
        ReplayNotificationsBody: {
            /** @enum {string} */
            channel?: "email" | "push" | "webhook";
            ids?: string[];
            /** @default 100 */
            limit: number;
        };
        Report: {
            id: string;
            /** @enum {string} */
            kind: "portfolio" | "loss-by-plan" | "discount" | "contests" | "data-quality";
            /** Format: date-time */
            madeAt: string;
            madeBy: string;
            notes: string[];
            period: string;
            tables: components["schemas"]["ReportTable"][];
        };
        ReportSummary: {
            id: string;
            /** @enum {string} */
            kind: "portfolio" | "loss-by-plan" | "discount" | "contests" | "data-quality";
            /** Format: date-time */
            madeAt: string;
            madeBy: string;
            period: string;
        };
        ReportTable: {
            columns: {
                name: string;
                title: string;
            }[];
            name: string;
            rows: (string | number | null)[][];
            title: string;
        };
        /**
         * @example {
         *       "drivers": {
         *         "filter": {
         *           "plan": "fairmile-1"
         *         }
         *       },
         *       "periodDays": 30
         *     }
         */
        RescoreDrivers: {
            drivers: {
                ids: string[];
            } | {
                filter: components["schemas"]["DriverFilter"];
            };
            /** @default 30 */
            periodDays: number;
        };
        ResetPasswordBody: {
            password: string;
        };
        RewardAchievementReport: {
            done: number;
            id: string;
            /** @enum {string} */
            kind: "achievement" | "milestone";
            of: number;
            points: number;
            /** Format: date-time */
            reachedAt: string | null;
            text: string;
            title: string;
        };
        RewardCatalogue: {
            id: string;
            title: string;
            version: string;
        } & {
            [key: string]: unknown;
        };
        RewardChallengeReport: {
            days: number;
            doneDays: number;
            doneGradableM: number | null;
            id: string;
            /** Format: date-time */
            joinedAt: string | null;
            orGradableM: number | null;
            points: number;
            /** @enum {string} */
            state: "open" | "closed" | "running" | "waiting" | "reached" | "missed";
            text: string;
            title: string;
        };
        RewardCorrection: {
            balance: number;
            transactionId: string;
        };
        RewardCorrectionBody: {
            /** @example DRV-0001 */
            driverId: string;
            points: number;
            reason: string;
        };
        RewardEntry: {
            /** Format: date-time */
            at: string;
            cause: string;
            id: string;
            /** @enum {string} */
            kind: "week" | "milestone" | "challenge" | "correction" | "redemption";
            part: number;
            points: number;
            reason: string | null;
        };
        RewardOfferReport: {
            currency: string;
            id: string;
            /** @enum {string} */
            kind: "voucher" | "donation" | "deductible_credit" | "premium_credit";
            points: number;
            /** @enum {string|null} */
            refusal: "kind_not_allowed" | "other_currency" | "over_the_year" | "balance_too_low" | null;
            text: string;
            title: string;
            titles?: {
                [key: string]: string;
            };
            valueMinor: number;
        };
        Rewards: {
            achievements: components["schemas"]["RewardAchievementReport"][];
            balance: number;
            boards: {
                id: string;
                takesPart: boolean;
                text: string;
                title: string;
            }[];
            challenges: components["schemas"]["RewardChallengeReport"][];
            driverId: string;
            offers: components["schemas"]["RewardOfferReport"][];
            streak: {
                paused: boolean;
                weeks: number;
            };
            weekPoints: number;
            weeks: components["schemas"]["RewardWeekReport"][];
            year: {
                currency: string;
                givenMinor: number;
                mostMinor: number;
                title: string;
            };
        };
        RewardWeekReport: {
            calmDays: number;
            calmPoints: number;
            cleanDays: number;
            cleanPoints: number;
            days: number;
            drivenDays: number;
            improvementPoints: number;
            points: number;
            /** @enum {string} */
            state: "closed" | "open";
            unjudgedDays: number;
            /** Format: date */
            week: string;
        };
        RiskBatchBody: {
            /** @default 100 */
            batch_size: number;
            driver_ids: string[] | "all";
            /** @default 30 */
            period_days: number;
        };
        RiskJob: {
            batchSize: number;
            cancelAsked: boolean;
            /** Format: date-time */
            createdAt: string;
            done: number;
            /** Format: date-time */
            endedAt: string | null;
            error: string | null;
            failed: number;
            id: string;
            modelVersion: string | null;
            named: number | null;
            periodDays: number;
            requestedBy: string;
            scored: number;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "cancelled" | "failed";
            total: number;
            unchanged: number;
            unscored: number;
        };
        RiskJobFailure: {
            driverId: string;
            error: string;
        };
        RuleContestBody: {
            /** @example DRV-0001 */
            driverId?: string | null;
            grounds: string;
            limit?: components["schemas"]["TrueLimit"];
            /** @enum {string} */
            ruling: "upheld" | "rejected";
            version: number;
        };
        SchemaBody: {
            references?: Record<string, never>[];
            schema: string;
            /** @enum {string} */
            schemaType?: "AVRO";
        };
        SchemaCompatibility: {
            is_compatible: boolean;
            messages?: string[];
        };
        SchemaId: {
            id: number;
        };
        SchemaLevel: {
            /** @enum {string} */
            compatibilityLevel: "NONE" | "BACKWARD" | "BACKWARD_TRANSITIVE" | "FORWARD" | "FORWARD_TRANSITIVE" | "FULL" | "FULL_TRANSITIVE";
        };
        SchemaLevelBody: {
            compatibility: string;
        };
        SchemaLevelSet: {
            /** @enum {string} */
            compatibility: "NONE" | "BACKWARD" | "BACKWARD_TRANSITIVE" | "FORWARD" | "FORWARD_TRANSITIVE" | "FULL" | "FULL_TRANSITIVE";
        };
        SchemaPlaces: {
            subject: string;
            version: number;
        }[];
        SchemaRegistryError: {
            error_code: number;
            message: string;
        };
        SchemaText: {
            schema: string;
        };
        Score: {
            /** Format: date-time */
            calculatedAt: string;
            driverId: string;
            exposureKm: number;
            interval: {
                high: number;
                low: number;
            } | null;
            judgedKm: number;
            minimumKm: number;
            missingKm: number;
            model: {
                name: string;
                version: string;
            };
            periodDays: number;
            reasons: components["schemas"]["ScoreReason"][];
            relativity: number | null;
            risk: number | null;
            safetyScore: number | null;
            /** @enum {string} */
            status: "scored" | "unscored";
            trips: number;
            version: number;
        };
        ScoreAndPremium: {
            premium: {
                /** Format: date-time */
                calculatedAt: string;
                currency: string;
                premiumMinor: number;
                receiptId: string;
                version: number;
            } | null;
            score: {
                /** Format: date-time */
                calculatedAt: string;
                risk: number | null;
                version: number;
            } | null;
        };
        ScoreBreakdown: {
            base: number;
            /** Format: date-time */
            calculatedAt: string;
            driverId: string;
            families: {
                features: {
                    name: string;
                    shap: number;
                    value: number | null;
                }[];
                id: string;
                safetyScore: number | null;
                shap: number;
                title: string;
                weight: number | null;
            }[];
            interval: {
                high: number;
                low: number;
            } | null;
            judgedKm: number;
            margin: number | null;
            minimumKm: number;
            missingKm: number;
            model: {
                name: string;
                version: string;
            };
            portfolioMargin: number;
            safetyScore: number | null;
            /** @enum {string} */
            status: "scored" | "unscored";
            version: number;
        };
        ScoreComparison: {
            /** Format: date-time */
            calculatedAt: string;
            decile: number | null;
            driverId: string;
            features: {
                decile: number | null;
                feature: string;
                high: number;
                low: number;
                median: number;
                share: number | null;
                subject: string;
                unit: string;
                value: number | null;
            }[];
            interval: {
                high: number;
                low: number;
            } | null;
            judgedKm: number;
            minimumKm: number;
            missingKm: number;
            model: {
                name: string;
                version: string;
            };
            saferShare: number | null;
            safetyScore: number | null;
            /** @enum {string} */
            status: "scored" | "unscored";
            version: number;
        };
        ScoreReason: {
            advice: string | null;
            code: string;
            /** @enum {string} */
            direction: "raises" | "lowers";
            feature: string;
            shap: number;
            text: string;
            unit: string;
            value: number | null;
        };
        ScoreRecommendations: {
            /** Format: date-time */
            calculatedAt: string;
            driverId: string;
            interval: {
                high: number;
                low: number;
            } | null;
            judgedKm: number;
            minimumKm: number;
            missingKm: number;
            model: {
                name: string;
                version: string;
            };
            recommendations: {
                advice: string;
                difference: {
                    high: number;
                    low: number;
                    risk: number;
                };
                family: string;
                feature: string;
                from: number;
                price: {
                    currency: string;
                    differenceMinor: number;
                    highMinor: number;
                    lowMinor: number;
                } | null;
                text: string;
                to: number;
                unit: string;
            }[];
            safetyScore: number | null;
            /** @enum {string} */
            status: "scored" | "unscored";
            version: number;
        };
        ScoreTrend: {
            days: number;
            driverId: string;
            minimumKm: number;
            periodDays: number;
            points: {
                /** Format: date */
                day: string;
                interval: {
                    high: number;
                    low: number;
                } | null;
                judgedKm: number;
                missingKm: number;
                modelVersion: string;
                safetyScore: number | null;
                /** @enum {string} */
                status: "scored" | "unscored";
                version: number;
            }[];
        };
        Session: {
            accessToken: string;
            /** Format: date-time */
            expiresAt: string;
            user: components["schemas"]["User"];
        };
        /**
         * @example {
         *       "devices": {
         *         "all": true
         *       },
         *       "settings": {
         *         "logLevel": "warn"
         *       }
         *     }
         */
        SetDevices: {
            devices: {
                ids: string[];
            } | {
                /** @enum {boolean} */
                all: true;
            };
            settings: {
                /** @enum {string} */
                logLevel?: "error" | "warn" | "info" | "debug";
                timeZone?: string;
            };
        };
        SettleRedemptionBody: {
            /** @enum {string} */
            state: "fulfilled";
        } | {
            reason: string;
            /** @enum {string} */
            state: "refused";
        };
        SimulatePlanBody: {
            /**
             * @description what policies tell the plan that say nothing of it
             * @default {}
             */
            assume: {
                classes?: {
                    [key: string]: string;
                };
                jurisdiction?: string;
            };
        };
        StartBulkBody: {
            token: string;
        };
        SubjectVersion: {
            fingerprint: string;
            id: number;
            schema: string;
            subject: string;
            version: number;
        };
        SubmitPlanBody: {
            note: string;
            /** @description as GET /api/v1/plans/schema describes it */
            plan: {
                [key: string]: unknown;
            };
        };
        Trip: {
            deviceId: string;
            distanceM: number | null;
            driverId: string | null;
            durationS: number | null;
            /** Format: date-time */
            endAt: string | null;
            endLat: number | null;
            endLon: number | null;
            /** @enum {string|null} */
            endReason: "still" | "ignition_off" | "recording_end" | "power_loss" | "shutdown" | null;
            events: {
                /** @enum {string} */
                band: "log" | "coach" | "count";
                count: number;
                /** @enum {string} */
                grade: "A" | "B" | "C";
                /** @enum {string} */
                kind: "harsh_braking" | "harsh_acceleration" | "harsh_cornering" | "harsh_lane_change" | "speeding" | "phone_use" | "crash" | "tamper";
            }[];
            gradableM: number | null;
            id: string;
            meanLiveRisk: number | null;
            movingS: number | null;
            /** @enum {string} */
            source: "car" | "cloud";
            speedMaxMps: number | null;
            /** Format: date-time */
            startAt: string;
            startLat: number | null;
            startLon: number | null;
            version: number;
        };
        TripPath: {
            points: components["schemas"]["PathPoint"][];
            tripId: string;
        };
        TripPremium: {
            currency: string;
            differenceMinor: number;
            policyId: string;
            tripId: string;
            withMinor: number;
            withoutMinor: number;
        } | null;
        TripStatisticsReport: {
            account: components["schemas"]["CloudAccount"];
            reconciliation: {
                carM: number;
                cloudM: number;
                toleranceM: number;
                /** @enum {string} */
                verdict: "agrees" | "differs" | "incomplete";
            } | null;
            /** @enum {string} */
            source: "car" | "cloud";
            statistics: components["schemas"]["DrivingStatistics"];
            tripId: string;
            version: number;
        };
        TripVersion: {
            /** @enum {string} */
            cause: "recorded" | "corrected" | "came_late" | "reassigned" | "found" | "found_anew" | "recovered" | "contest" | "limit_corrected" | "overlap";
            changedBy: string | null;
            changeReason: string | null;
            correlationId: string | null;
            counts: boolean;
            distanceM: number;
            driverId: string | null;
            durationS: number;
            /** Format: date-time */
            endAt: string;
            /** @enum {string|null} */
            endReason: "still" | "ignition_off" | "recording_end" | "power_loss" | "shutdown" | null;
            gradableM: number;
            policyId: string | null;
            /** Format: date-time */
            recordedAt: string;
            recordHash: string | null;
            /** @enum {string} */
            source: "car" | "cloud";
            /** Format: date-time */
            startAt: string;
            version: number;
        };
        TripVersionList: {
            items: components["schemas"]["TripVersion"][];
        };
        TrueLimit: {
            /** Format: date-time */
            from?: string;
            limitKmh: number;
            /** @default 150 */
            radiusM: number;
            /** Format: date-time */
            until?: string;
        };
        /**
         * @example {
         *       "name": "Ada Berger"
         *     }
         */
        UpdateDriverBody: {
            /** Format: email */
            email?: string;
            name?: string;
        };
        /**
         * @example {
         *       "disabled": true
         *     }
         */
        UpdateUserBody: {
            disabled?: boolean;
            /** @enum {string} */
            role?: "driver" | "admin";
        };
        UpdateWebhookBody: {
            enabled?: boolean;
            eventTypes?: ("TripCompleted" | "DriverFeaturesUpdated" | "RiskScoreCalculated" | "PremiumUpdated" | "DriverCreated" | "DriverUpdated" | "SafetyAlert" | "ContestOpened" | "ContestRuled" | "PointsRedeemed" | "RedemptionSettled" | "PolicyChanged" | "PointsCorrected")[];
            /** Format: uri */
            url?: string;
        };
        /**
         * @example {
         *       "token": "mX0b5c2vT1q9Jr7sYd3kW8uFhL6zPnA4eGiVoCwQtRM",
         *       "password": "a long password"
         *     }
         */
        UsePasswordLinkBody: {
            password: string;
            token: string;
        };
        User: {
            driverId: string | null;
            email: string;
            id: string;
            name: string;
            /** @enum {string} */
            role: "driver" | "admin";
        };
        Webhook: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            eventTypes: string[];
            id: string;
            url: string;
        };
        WebhookTest: {
            error: string | null;
            status: number | null;
            tookMs: number;
        };
        WhatIf: {
            after: components["schemas"]["WhatIfScore"];
            before: components["schemas"]["WhatIfScore"];
            changed: {
                carried: boolean;
                feature: string;
                from: number | null;
                to: number;
            }[];
            difference: {
                high: number;
                low: number;
                risk: number;
            } | null;
            driverId: string;
            effects: {
                feature: string;
                shap: number;
            }[];
            judgedKm: number;
            minimumKm: number;
            missingKm: number;
            model: {
                name: string;
                version: string;
            };
            periodDays: number;
            price: {
                afterMinor: number;
                beforeMinor: number;
                currency: string;
                highMinor: number;
                lowMinor: number;
                planId: string;
                policyId: string;
            } | null;
            /** @enum {string} */
            status: "scored" | "unscored";
        };
        /**
         * @example {
         *       "changes": [
         *         {
         *           "feature": "braking_share",
         *           "times": 0.5
         *         }
         *       ]
         *     }
         */
        WhatIfBody: {
            /** @default [] */
            changes: components["schemas"]["FeatureChange"][];
            /** @default [] */
            withoutEvents: string[];
        };
        WhatIfScore: {
            interval: {
                high: number;
                low: number;
            };
            relativity: number;
            risk: number;
            safetyScore: number;
        } | null;
        WithdrawContestBody: {
            grounds?: string;
            version: number;
        };
        WithdrawPlanBody: {
            note: string;
        };
    };
    responses: {
        /** @description Conflict */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/conflict",
                 *       "title": "Conflict",
                 *       "status": 409,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not allowed */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/forbidden",
                 *       "title": "Not allowed",
                 *       "status": 403,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something went wrong here */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/internal",
                 *       "title": "Something went wrong here",
                 *       "status": 500,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request could not be read */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/malformed",
                 *       "title": "The request could not be read",
                 *       "status": 400,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Method not allowed */
        MethodNotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/method-not-allowed",
                 *       "title": "Method not allowed",
                 *       "status": 405,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not found */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/not-found",
                 *       "title": "Not found",
                 *       "status": 404,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was changed meanwhile */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/precondition-failed",
                 *       "title": "It was changed meanwhile",
                 *       "status": 412,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is too large */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/too-large",
                 *       "title": "The request is too large",
                 *       "status": 413,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        TooManyRequests: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/too-many-requests",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Log in first */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unauthorized",
                 *       "title": "Log in first",
                 *       "status": 401,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not ready */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unavailable",
                 *       "title": "Not ready",
                 *       "status": 503,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has to be JSON */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unsupported-media-type",
                 *       "title": "The body has to be JSON",
                 *       "status": 415,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A field is not valid */
        Validation: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/validation",
                 *       "title": "A field is not valid",
                 *       "status": 422,
                 *       "detail": "…",
                 *       "instance": "/api/v1/…"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
         * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
         */
        IdempotencyKey: string;
        /** @description The `ETag` of what is to be changed (of settings, their version in quotes): 412 where it is not that any more. Without it, the last change wins. */
        IfMatch: string;
        /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description A client may keep the answer, and has to ask whether it still holds */
        CacheControl: string;
        /** @description Names these bytes; sent back as `If-None-Match` it asks whether they still hold */
        ETag: string;
        /** @description What is left of the policy and for how many seconds: `"user";r=998;t=60` */
        RateLimit: string;
        /** @description The policy and its window in seconds: `"user";q=6000;w=60` */
        RateLimitPolicy: string;
        /** @description Seconds to wait */
        RetryAfter: number;
        /** @description Whether the answer was given again or computed */
        XCache: "hit" | "miss";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "get.wellKnownFairmileReceiptKeys.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys, the oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptKeys"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminBulkRuns: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BulkRun"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminBulkRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRun"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminBulkRunItems: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BulkItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    startBulk: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                action: "move-policies" | "disable-users" | "device-settings" | "rescore-drivers";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartBulkBody"];
            };
        };
        responses: {
            /** @description It waits for a worker */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRun"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewBulk: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                action: "move-policies" | "disable-users" | "device-settings" | "rescore-drivers";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MovePolicies"] | components["schemas"]["DisableUsers"] | components["schemas"]["SetDevices"] | components["schemas"]["RescoreDrivers"];
            };
        };
        responses: {
            /** @description Nothing was changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkPreview"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminDeliveriesDead: {
        parameters: {
            query?: {
                consumer?: string;
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeadDelivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayAdminDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayDeliveriesBody"];
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDeliveries"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminDomainEvents: {
        parameters: {
            query?: {
                correlationId?: string;
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeliveredEvent"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminDrivers: {
        parameters: {
            query?: {
                active?: "true" | "false";
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
                plan?: string;
                scoreFrom?: number | null;
                scoreTo?: number | null;
                /** @description beginning of an id, or of words of name and e-mail address */
                search?: string;
                silent?: "true" | "false";
                sort?: "id" | "name" | "-score" | "score";
                unscored?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminDriver"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminExport: {
        parameters: {
            query?: {
                format?: "csv" | "parquet";
                /** @description A day (its start, UTC) or a moment; without one as early as is allowed */
                from?: string;
                /** @description The end, not included: a day (its start, UTC) or a moment; without one now */
                to?: string;
                what?: "drivers" | "trips" | "premiums" | "events" | "redemptions";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file; a connection that breaks off means that it is not whole */
            200: {
                headers: {
                    /** @description The name of the file */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminModels: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The registry */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRegistry"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    rollbackAdminModel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelRollbackBody"];
            };
        };
        responses: {
            /** @description The registry after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRegistry"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    stageAdminModelVersion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelStageBody"];
            };
        };
        responses: {
            /** @description The registry after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRegistry"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminModelsAgreement: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts by outcome */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeCloudAgreement"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminModelsDrift: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By score and feature */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelDrift"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminNotificationDeliveries: {
        parameters: {
            query?: {
                channel?: "email" | "push" | "webhook";
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
                state?: "ready" | "sent" | "dead" | "dropped";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NotificationDelivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayAdminNotificationDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayNotificationsBody"];
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedDeliveries"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminNotifications: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    readAdminNotifications: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadNotificationsBody"];
            };
        };
        responses: {
            /** @description How many were unread, and how many are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadNotifications"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminOverview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is, a minute old at most */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminOverview"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminPolicies: {
        parameters: {
            query?: {
                cursor?: string;
                endsWithin?: number | null;
                /** @description Items of a page at most */
                limit?: number;
                plan?: string;
                /** @description beginning of an id, or of words of name and e-mail address */
                search?: string;
                sort?: "id" | "endsOn" | "-premium";
                state?: "upcoming" | "active" | "ended" | "voided";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminPolicy"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminReports: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                kind?: "portfolio" | "loss-by-plan" | "discount" | "contests" | "data-quality";
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReportSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminReport: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeReportBody"];
            };
        };
        responses: {
            /** @description The report */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminReportCsv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was made */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminRewardsCatalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardCatalogue"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminRewardsCorrection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RewardCorrectionBody"];
            };
        };
        responses: {
            /** @description The balance after that */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RewardCorrection"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminRewardsRedemptions: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
                state?: "open" | "fulfilled" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminRedemption"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminRewardsRedemptionSettlement: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                redemptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleRedemptionBody"];
            };
        };
        responses: {
            /** @description The redemption after that */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRedemption"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminUsers: {
        parameters: {
            query?: {
                cursor?: string;
                disabled?: "true" | "false";
                /** @description Items of a page at most */
                limit?: number;
                role?: "driver" | "admin";
                /** @description beginning of an id, or of words of name and e-mail address */
                search?: string;
                sort?: "id" | "email" | "-created";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminUser"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserBody"];
            };
        };
        responses: {
            /** @description The log-in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateAdminUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateUserBody"];
            };
        };
        responses: {
            /** @description The log-in after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    inviteAdminUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetAdminUserPassword: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordBody"];
            };
        };
        responses: {
            /** @description The log-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminWebhooks: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookBody"];
            };
        };
        responses: {
            /** @description The webhook with its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAdminWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is told no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateAdminWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhookBody"];
            };
        };
        responses: {
            /** @description The webhook after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAdminWebhookAttempts: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NotificationAttempt"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewSecretBody"];
            };
        };
        responses: {
            /** @description The new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenewedSecret"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAdminWebhookTest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginBody"];
            };
        };
        responses: {
            /** @description Logged in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Malformed"];
            /** @description Log in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Logged out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    usePasswordLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UsePasswordLinkBody"];
            };
        };
        responses: {
            /** @description The password is set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    askPasswordLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskPasswordLinkBody"];
            };
        };
        responses: {
            /** @description A link is on its way, where the address has a log-in that is not disabled */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            403: components["responses"]["Forbidden"];
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCache: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CacheStatistics"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    invalidateCache: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CacheInvalidation"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listContests: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
                state?: "pending" | "open" | "awaiting_second" | "upheld" | "rejected" | "withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Contest"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getContest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContestDetail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createContestRuling: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                contestId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleContestBody"];
            };
        };
        responses: {
            /** @description The contest after the ruling */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContestDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createContestWithdrawal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                contestId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawContestBody"];
            };
        };
        responses: {
            /** @description The contest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContestDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                deviceId?: string;
                /** @description Items of a page at most */
                limit?: number;
                reason?: string;
                replayed?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeadLetter"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                letterId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letter */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterDetail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeadLetterPayload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                letterId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeadLetterReplayBody"];
            };
        };
        responses: {
            /** @description What became of each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterReplay"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDevices: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Device"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDevice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDeviceBody"];
            };
        };
        responses: {
            /** @description The new device */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedDevice"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeviceCare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As the device last said */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceCare"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeviceChains: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its lanes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceChains"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendDeviceCommand: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceCommandBody"];
            };
        };
        responses: {
            /** @description Kept and sent */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceCommandId"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeviceGaps: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceGap"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeviceRawChunks: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RawChunkSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeviceRawChunk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                boot: string;
                deviceId: string;
                seq: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The readings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawChunk"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDeviceSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed (of settings, their version in quotes): 412 where it is not that any more. Without it, the last change wins. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                deviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceSettingsBody"];
            };
        };
        responses: {
            /** @description The version that the device will tell */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceSettingsVersion"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    claimDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimDeviceBody"];
            };
        };
        responses: {
            /** @description Claimed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimedDevice"];
                };
            };
            400: components["responses"]["Malformed"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDrivers: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Driver"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDriver: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDriverBody"];
            };
        };
        responses: {
            /** @description The new driver */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Driver"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The driver */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Driver"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDriver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what is to be changed (of settings, their version in quotes): 412 where it is not that any more. Without it, the last change wins. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateDriverBody"];
            };
        };
        responses: {
            /** @description The driver after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Driver"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverBreakdown: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The breakdown */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreBreakdown"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverComparison: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rank, deciles and features */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreComparison"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDriverContests: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Contest"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverExport: {
        parameters: {
            query?: {
                format?: "csv" | "geojson" | "gpx" | "parquet";
                /** @description A day (its start, UTC) or a moment; without one as early as is allowed */
                from?: string;
                /** @description The end, not included: a day (its start, UTC) or a moment; without one now */
                to?: string;
            };
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file; a connection that breaks off means that it is not whole */
            200: {
                headers: {
                    /** @description The name of the file */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": {
                        features: {
                            [key: string]: unknown;
                        }[];
                        /** @enum {string} */
                        type: "FeatureCollection";
                    } & {
                        [key: string]: unknown;
                    };
                    "application/gpx+xml": string;
                    "application/vnd.apache.parquet": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverFeatures: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The features */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DriverFeatures"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverNotificationPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The preferences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPreferences"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setDriverNotificationPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationPreferencesBody"];
            };
        };
        responses: {
            /** @description The preferences after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPreferences"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverNotifications: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    readDriverNotifications: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadNotificationsBody"];
            };
        };
        responses: {
            /** @description How many were unread, and how many are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadNotifications"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverPremium: {
        parameters: {
            query?: {
                policyId?: string;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The premium */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Premium"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDriverPushSubscription: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushSubscriptionBody"];
            };
        };
        responses: {
            /** @description The subscription */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushSubscription"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteDriverPushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                driverId: string;
                subscriptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is told no more */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverReasons: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reasons */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DriverReasons"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDriverReceipts: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReceiptSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                driverId: string;
                receiptId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverReceiptProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                driverId: string;
                receiptId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proof */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptProof"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverRecommendations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The strongest first; none where nothing would */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreRecommendations"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverRewards: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rewards */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rewards"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setDriverRewardsChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                challengeId: string;
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rewards after that */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rewards"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteDriverRewardsChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                challengeId: string;
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rewards after that */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rewards"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDriverRewardsEntries: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RewardEntry"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setDriverRewardsLeaderBoard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BoardMembership"];
            };
        };
        responses: {
            /** @description The rewards after that */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rewards"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDriverRewardsRedemption: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedemptionBody"];
            };
        };
        responses: {
            /** @description What was redeemed */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Redemption"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverScore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The score */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Score"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverStatistics: {
        parameters: {
            query?: {
                days?: "7" | "30" | "90";
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DriverStatisticsReport"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverTelematics: {
        parameters: {
            query?: {
                month?: string;
            };
            header?: never;
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The month */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DriverMonth"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDriverTrend: {
        parameters: {
            query?: {
                days?: number;
                periodDays?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By day, the oldest first */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreTrend"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDriverTrips: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Trip"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    askWhatIf: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                driverId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhatIfBody"];
            };
        };
        responses: {
            /** @description Before, after, and the difference with its interval */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIf"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrivingEventDetail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createEventContest: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenContestBody"];
            };
        };
        responses: {
            /** @description The contest */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contest"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEventTrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The evidence */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrivingEventEvidence"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFleetHour: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hour */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FleetHour"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLeaderBoard: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                boardId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The board */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeaderBoard"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    issueLiveTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveTicket"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPlanList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitPlanBody"];
            };
        };
        responses: {
            /** @description The draft */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPlanDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                planId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPlanDetail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPlanApprove: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                planId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovePlanBody"];
            };
        };
        responses: {
            /** @description The approved plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPlanDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPlanSimulate: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                planId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulatePlanBody"];
            };
        };
        responses: {
            /** @description The plan with the result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPlanDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPlanWithdraw: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                planId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawPlanBody"];
            };
        };
        responses: {
            /** @description The withdrawn plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPlanDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPlansSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPolicy: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePolicyBody"];
            };
        };
        responses: {
            /** @description The new policy */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPolicyBill: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many periods were billed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Billed"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPolicyCancel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelPolicyBody"];
            };
        };
        responses: {
            /** @description The policy, cancelled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPolicyEndorse: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndorsePolicyBody"];
            };
        };
        responses: {
            /** @description The policy of the rest of the term */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPolicyLedger: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PremiumEntry"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPolicyRenew: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewPolicyBody"];
            };
        };
        responses: {
            /** @description The policy of the next term */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPricingQuote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteBody"];
            };
        };
        responses: {
            /** @description The quote */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPricingRoots: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReceiptRoot"][];
                        nextCursor: string | null;
                    };
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPricingRoot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceiptRoot"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createRiskBatchCalculate: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RiskBatchBody"];
            };
        };
        responses: {
            /** @description The job that was recorded, or an open one that asks for the same */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskJob"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRiskJobs: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RiskJob"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRiskJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskJob"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteRiskJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskJob"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRiskJobFailures: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before; none for the first page */
                cursor?: string;
                /** @description Items of a page at most */
                limit?: number;
            };
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RiskJobFailure"][];
                        nextCursor: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRiskJobStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events whose data is the job, as JSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkSchema: {
        parameters: {
            query?: {
                verbose?: string;
            };
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaBody"];
            };
        };
        responses: {
            /** @description Whether and why not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaCompatibility"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkSchemaAgainstVersion: {
        parameters: {
            query?: {
                verbose?: string;
            };
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                subject: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaBody"];
            };
        };
        responses: {
            /** @description Whether and why not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaCompatibility"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistryConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The level */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaLevel"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setSchemaRegistryConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaLevelBody"];
            };
        };
        responses: {
            /** @description The level */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaLevelSet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistryConfigOfSubject: {
        parameters: {
            query?: {
                defaultToGlobal?: string;
            };
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The level */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaLevel"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setSchemaRegistryConfigOfSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaLevelBody"];
            };
        };
        responses: {
            /** @description The level */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaLevelSet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteSchemaRegistryConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it was */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaLevel"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySchemasFingerprint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fingerprint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SubjectVersion"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySchemasId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaText"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySchemasIdVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Subjects and versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaPlaces"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySchemasTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AVRO */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": string[];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySubjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Their names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": string[];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    lookUpSchema: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaBody"];
            };
        };
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SubjectVersion"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySubjectVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Their numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": number[];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    registerSchema: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaBody"];
            };
        };
        responses: {
            /** @description Id of the schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaId"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySubjectVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SubjectVersion"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSchemaRegistrySubjectVersionSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subject: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such subject, version or schema */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description Not compatible with the versions there are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            /** @description No Avro schema, version or level */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTrip: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The trip */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trip"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    reassignTrip: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Drawn anew for each thing to be done (a UUID), and the same when it is tried again: the first answer is given again for a day. For another request it is refused with 409.
                 * @example 9f0c2f5e-6f0b-4a8e-9d5c-2f1f9a6f2b11
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReassignTripBody"];
            };
        };
        responses: {
            /** @description The trip in its new version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trip"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTripEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrivingEventList"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTripExport: {
        parameters: {
            query?: {
                format?: "gpx" | "geojson" | "csv";
            };
            header?: never;
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file; a connection that breaks off means that it is not whole */
            200: {
                headers: {
                    /** @description The name of the file */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": {
                        features: {
                            [key: string]: unknown;
                        }[];
                        /** @enum {string} */
                        type: "FeatureCollection";
                    } & {
                        [key: string]: unknown;
                    };
                    "application/gpx+xml": string;
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTripPath: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an answer that the client has: 304 without a body while it holds. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The path */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TripPath"];
                };
            };
            /** @description The answer that the client has still holds */
            304: {
                headers: {
                    "Cache-Control": components["headers"]["CacheControl"];
                    ETag: components["headers"]["ETag"];
                    "X-Cache": components["headers"]["XCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTripPremium: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both premiums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TripPremium"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTripStatistics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statistics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TripStatisticsReport"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTripVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tripId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TripVersionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["Validation"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
}
