/* A cadence to propose to somebody with whom none is agreed, from how they have answered so far.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/standing.h>

#define DAY ((gint64)24 * 60 * 60)

/* Intervals that a person would name, the shortest first. */
static const CadenceDuration ladder[] = {
    {3, CADENCE_UNIT_BUSINESS_DAYS}, {1, CADENCE_UNIT_WEEKS},  {2, CADENCE_UNIT_WEEKS},
    {1, CADENCE_UNIT_MONTHS},        {2, CADENCE_UNIT_MONTHS}, {3, CADENCE_UNIT_MONTHS},
};

gboolean
cadence_standing_propose(const CadenceStanding *standing, CadenceIntervals *intervals)
{
  *intervals = (CadenceIntervals){.n = 0};
  if (standing->runs == 0 || standing->wait.median < 0)
    return FALSE;
  double days = (double)standing->wait.median / DAY;
  guint step = 0;
  while (step + 1 < G_N_ELEMENTS(ladder) && cadence_duration_mean_days(ladder[step]) < days)
    step++;
  *intervals = (CadenceIntervals){.n = 1, .step = {ladder[step]}};
  return TRUE;
}
