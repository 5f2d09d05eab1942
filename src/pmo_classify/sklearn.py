"""A scikit-learn classifier that learns your own labels of job titles.

>>> from pmo_classify.sklearn import TitleClassifier
>>> titles = ["PMO Analyst", "Programme Planner", "Head of PMO", "Portfolio Director"]
>>> own = TitleClassifier().fit(titles, ["team", "team", "board", "board"])
>>> own.predict(["Project Officer", "VP PMO"]).tolist()
['team', 'board']
"""

from pmo_classify.learning.estimator import TitleClassifier

__all__ = ["TitleClassifier"]
