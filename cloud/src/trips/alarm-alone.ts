/** Why an event that is known by its alarm alone is no better than grade C. */
export const alarmAlone = 'alarm_alone'
