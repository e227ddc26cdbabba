/** Written by `npm run api-client` from the API’s description: what the cloud takes and answers. Not to be edited. */

export interface paths {
    "/api/v1/admin/deliveries/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries of domain events that were given up, those of the newest events first */
        get: {
            parameters: {
                query?: {
                    consumer?: string;
                    cursor?: string;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    correlationId?: string;
                    cursor?: string;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The registry */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelRegistry"];
                    };
                };
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Counts by outcome */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EdgeCloudAgreement"];
                    };
                };
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    days?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description By score and feature */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelDrift"];
                    };
                };
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
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
        post: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many attempts */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
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
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    deviceId?: string;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                            items: components["schemas"]["Device"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Create a device in a vehicle; its claim code is shown this once */
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        patch: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
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
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many attempts */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                            items: components["schemas"]["Driver"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Create a driver with a log-in */
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description The driver */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Driver"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what a driver is called, or (as an admin) the e-mail address of the log-in */
        patch: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description The features */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DriverFeatures"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        /** A driver's newest premium; 404 before the first score */
        get: {
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
                /** @description The premium */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Premium"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
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
        get: {
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
                /** @description The reasons */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DriverReasons"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not ready */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                            items: components["schemas"]["ReceiptSummary"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
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
        /** A driver's newest risk score with its interval and reasons; 404 before the first trip */
        get: {
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
                /** @description The score */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Score"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    days?: "7" | "30" | "90";
                };
                header?: never;
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
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DriverStatisticsReport"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
            parameters: {
                query?: {
                    cursor?: string;
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
                            items: components["schemas"]["Trip"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not ready */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: {
                    verbose?: string;
                };
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: {
                    verbose?: string;
                };
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Set the level of subjects that have none of their own */
        put: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
        /** Set the level of a subject */
        put: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
        post?: never;
        /** Take the level of a subject away */
        delete: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
        put?: never;
        /** Register a schema as the next version of a subject; one that is there stays what it is */
        post: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                        "application/vnd.schemaregistry.v1+json": components["schemas"]["SchemaRegistryError"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description The trip */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Trip"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        post: {
            parameters: {
                query?: never;
                header?: never;
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
                /** @description Log in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
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
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description The events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DrivingEventList"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description The path */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TripPath"];
                    };
                };
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
        get: {
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
                /** @description Log in first */
                401: {
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
                /** @description A field is not valid */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
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
            }[];
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
        CreateDeviceBody: {
            policyId: string;
        } | {
            vehicleId: string;
        };
        CreateDriverBody: {
            /** Format: email */
            email: string;
            name: string;
            password: string;
        };
        CreatePolicyBody: {
            driverId: string;
            /** Format: date */
            endsOn: string;
            planId: string;
            /** Format: date */
            startsOn: string;
            vehicle: {
                name: string;
            };
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
            margin: number;
            model: {
                name: string;
                version: string;
            };
            periodDays: number;
            portfolioMargin: number;
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
        };
        DrivingEventList: {
            items: components["schemas"]["DrivingEventSummary"][];
        };
        DrivingEventSummary: {
            /** @enum {string} */
            band: "log" | "coach" | "count";
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
        LiveTicket: {
            /** Format: date-time */
            expiresAt: string;
            ticket: string;
        };
        LoginBody: {
            /** Format: email */
            email: string;
            password: string;
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
        ModelRollbackBody: {
            note: string;
        };
        /** @enum {string} */
        ModelStage: "candidate" | "shadow" | "live" | "retired";
        ModelStageBody: {
            note: string;
            stage: components["schemas"]["ModelStage"];
        };
        ModelStageChange: {
            /** Format: date-time */
            at: string;
            by: string;
            from: components["schemas"]["ModelStage"] & (string | null);
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
        Notification: {
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
                currency: string;
                policyId: string;
                premiumMinor: number;
                receiptId: string;
            };
            id: string;
            /** @enum {string} */
            kind: "premium_updated";
            /** Format: date-time */
            readAt: string | null;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            nextCursor: string | null;
            unread: number;
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
        Policy: {
            driverId: string;
            /** Format: date */
            endsOn: string;
            id: string;
            planId: string;
            /** Format: date */
            startsOn: string;
            vehicle: {
                id: string;
                name: string;
            };
        };
        Premium: {
            beforeDiscountMinor: number;
            /** Format: date-time */
            calculatedAt: string;
            cleanSharePpm: number;
            credibilityPpm: number;
            currency: string;
            discountPpm: number;
            driverId: string;
            exposureKm: number;
            maxDiscountPpm: number;
            monthMinor: number;
            planId: string;
            policyId: string;
            premiumMinor: number;
            receiptId: string;
            relativityPpm: number;
            termDays: number;
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
        ReassignTripBody: {
            driverId: string | null;
            reason: string;
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
            };
            judgedKm: number;
            model: {
                name: string;
                version: string;
            };
            periodDays: number;
            reasons: components["schemas"]["ScoreReason"][];
            relativity: number;
            risk: number;
            safetyScore: number;
            trips: number;
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
        Session: {
            accessToken: string;
            /** Format: date-time */
            expiresAt: string;
            user: components["schemas"]["User"];
        };
        SubjectVersion: {
            fingerprint: string;
            id: number;
            schema: string;
            subject: string;
            version: number;
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
            cause: "recorded" | "corrected" | "came_late" | "reassigned" | "found" | "found_anew" | "recovered";
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
        UpdateDriverBody: {
            /** Format: email */
            email?: string;
            name?: string;
        };
        User: {
            driverId: string | null;
            email: string;
            id: string;
            name: string;
            /** @enum {string} */
            role: "driver" | "admin";
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
            };
            driverId: string;
            effects: {
                feature: string;
                shap: number;
            }[];
            judgedKm: number;
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
        };
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
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
